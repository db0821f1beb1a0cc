"""Undoing what a Vietnamese input method does to hex digits typed by a keyboard-wedge scanner.

In Telex a second a, d or e puts a sign on the first, and f puts a grave accent on the vowel before it; both
may come later in the same run of letters. So "6ee1babf", the bytes of "nế", arrives as "6ê1bàb". No other
Telex key is a hex digit. Source: the repair list of a hospital system; simulated in tests/domain/ime.py.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder

from kiosk.domain.text import is_plausible

_KEYS = {"â": "aa", "đ": "dd", "ê": "ee", "à": "af", "è": "ef", "ầ": "aaf", "ề": "eef"}
_KEYS |= {sign.upper(): keys.upper() for sign, keys in _KEYS.items()}
_SUSPECT = re.compile(rf"([^0-9]*(?:[{''.join(_KEYS)}]|aa|dd|ee|AA|DD|EE)[^0-9]*)")
"""A run of letters with a sign, or with a pair that Telex shows only after a third key took its sign away."""
_PAIR = re.compile(r"aa|dd|ee", re.IGNORECASE)

_LATIN = [chr(each) for each in range(0x1F00) if chr(each).isalpha() and (each < 0x250 or each >= 0x1E00)]
_SMALL = "".join(each for each in _LATIN if each.islower())
_CAPITAL = "".join(each for each in _LATIN if each.isupper())
_ODD_CASE = re.compile(f"[{_SMALL}][{_CAPITAL}]|[{_CAPITAL}]{{2}}[{_SMALL}]")
_decoder = getincrementaldecoder("utf-8")

MAX_TRIALS = 80
"""How many options are tried in each pass; 12,000 invented names and addresses needed 22 at most."""
_MAX_OPTIONS = 8
_MAX_RUN = 16  # letters in a row; the hex of 20,000 invented names and addresses had 4 at most


def retype(text: str) -> str:
    """Put back the keys behind each sign, as if each had been typed right after its letter."""
    return "".join(_KEYS.get(each, each) for each in text)


def is_damaged(text: str) -> bool:
    """True if a sign stands where only hex digits can."""
    return any(each in _KEYS for each in text)


def repaired(text: str) -> str | None:
    """The text whose hex, typed in Telex, became `text`; None if there is none.

    Letters are taken to be Vietnamese; a repair that leaves capitals inside words is taken only if no other
    is possible.
    """
    parts = _SUSPECT.split(text)
    return _first(parts, well_cased=True) or _first(parts, well_cased=False)


def _first(parts: list[str], *, well_cased: bool) -> str | None:
    """The first way to retype every part that makes whole letters, or None after MAX_TRIALS."""
    waiting = [(0, "", "", "")]  # parts retyped, text before the last, its hex, hex of a letter begun before
    for _ in range(MAX_TRIALS):
        if not waiting:
            return None
        used, text, option, begun = waiting.pop()
        more = _letters(begun + option)
        if more is None or (well_cased and is_oddly_cased(text[-2:] + more[0])):
            continue
        text, begun = text + more[0], more[1]
        if used < len(parts):
            options = _typed(parts[used]) if used % 2 else [parts[used]]
            waiting += [(used + 1, text, each, begun) for each in reversed(options)]
        elif not begun:
            return text
    return None


def _letters(digits: str) -> tuple[str, str] | None:
    """The letters these hex digits make and the digits left over, or None if they are no Vietnamese text."""
    even = len(digits) - len(digits) % 2
    decoder = _decoder()
    try:
        text = decoder.decode(bytes.fromhex(digits[:even]))
    except ValueError:  # not hex, or not UTF-8
        return None
    if text and not is_plausible(text):
        return None
    return text, decoder.getstate()[0].hex() + digits[even:]


def is_oddly_cased(text: str) -> bool:
    """True for a capital after a small letter, and for a small letter after two capitals."""
    return _ODD_CASE.search(text) is not None


def _typed(run: str) -> list[str]:
    """The key sequences that may have given this run of letters, likeliest first."""
    if len(run) > _MAX_RUN:
        return []
    grown = [("", "")]  # keys typed, keys that may still come
    for letter in run:
        first, later = _KEYS.get(letter, letter)[0], _KEYS.get(letter, letter)[1:]
        grown = [
            (typed + owed[:paid] + first, owed[paid:] + later)
            for typed, owed in grown
            for paid in range(len(owed), -1, -1)
        ][:_MAX_OPTIONS]
    late = [typed + owed for typed, owed in grown]
    undone = [_PAIR.sub(lambda pair: pair[0] + pair[0][-1], each) for each in (run, *late)]
    return list(dict.fromkeys([retype(run), *late, *undone]))

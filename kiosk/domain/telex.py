"""Undoing what a Vietnamese input method does to hex digits typed by a keyboard-wedge scanner.

In Telex a second a, d or e puts a sign on the first, and f puts a grave accent on the vowel before it; both
may come later in the same run of letters. So "6ee1babf", the bytes of "nế", arrives as "6ê1bàb". No other
Telex key is a hex digit. Source: the repair list of a hospital system; simulated in tests/domain/ime.py.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator

from kiosk.domain.text import is_plausible

_KEYS = {"â": "aa", "đ": "dd", "ê": "ee", "à": "af", "è": "ef", "ầ": "aaf", "ề": "eef"}
_KEYS |= {sign.upper(): keys.upper() for sign, keys in _KEYS.items()}
_RUN = re.compile(r"[0-9]+|[^0-9]+")
_UNDONE = re.compile(r"aa|dd|ee", re.IGNORECASE)
_decoder = getincrementaldecoder("utf-8")

MAX_STEPS = 300
"""How many partial repairs are tried: 0.5 ms at worst, and ten times what any invented card needed."""


def retype(text: str) -> str:
    """Put back the keys behind each sign, as if each had been typed right after its letter."""
    return "".join(_KEYS.get(each, each) for each in text)


def is_damaged(text: str) -> bool:
    """True if a sign stands where only hex digits can."""
    return any(each in _KEYS for each in text)


def repairs(text: str) -> Iterator[str]:
    """Every string of hex digits which, typed in Telex, may have become `text`, and which is UTF-8.

    Likeliest first. Gives up after MAX_STEPS partial repairs.
    """
    runs = [_typed(run) for run in _RUN.findall(text)]
    waiting: list[tuple[int, str, str]] = [(0, "", "")]  # runs used, hex so far, hex of an unfinished letter
    for _ in range(MAX_STEPS):
        if not waiting:
            return
        used, so_far, open_end = waiting.pop()
        if used == len(runs):
            if not open_end:
                yield so_far
            continue
        for option in reversed(runs[used]):
            rest = _unfinished(open_end + option)
            if rest is not None:
                waiting.append((used + 1, so_far + option, rest))


def _typed(run: str) -> list[str]:
    """The key sequences that may have given this run of letters, likeliest first."""
    options = [""]
    late: list[list[str]] = [[]]  # keys of each option that may still come
    for letter in run:
        keys = _KEYS.get(letter, letter)
        grown, growing = [], []
        for option, owed in zip(options, late, strict=True):
            for paid in range(len(owed) + 1):
                head = option + "".join(owed[:paid])
                grown.append(head + keys[0])
                growing.append([*owed[paid:], *keys[1:]])
        options, late = grown[:64], growing[:64]
    complete = [option + "".join(owed) for option, owed in zip(options, late, strict=True)]
    undone = [_UNDONE.sub(lambda pair: pair[0] + pair[0][-1], each) for each in complete]
    return list(dict.fromkeys([retype(run), *complete, *undone]))


def _unfinished(digits: str) -> str | None:
    """The hex of the letter still open at the end, or None if the bytes are no Vietnamese text."""
    even = len(digits) - len(digits) % 2
    decoder = _decoder()
    try:
        text = decoder.decode(bytes.fromhex(digits[:even]))
    except ValueError:  # not hex, or not UTF-8
        return None
    if text and not is_plausible(text):
        return None
    return decoder.getstate()[0].hex() + digits[even:]

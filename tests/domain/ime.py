"""What a Vietnamese input method in Telex mode makes of hex digits that a wedge scanner types."""

from __future__ import annotations

import re
import unicodedata

SIGNS = {"a": "\u0302", "e": "\u0302", "d": None}
GRAVE = "\u0300"


def typed_in_telex(keys: str, *, free: bool) -> str:
    """The text that appears. Digits end a word. With `free`, a key may reach back over other letters.

    A key pressed once too often takes the sign away and appears itself.
    """
    words = re.findall(r"[0-9]+|[^0-9]+", keys)
    return "".join(word if word[0].isdigit() else _typed(word, free) for word in words)


def _typed(keys: str, free: bool) -> str:
    shown: list[str] = []  # letters, each decomposed
    for key in keys:
        if not _changed(shown, key, free):
            shown.append(key)
    return unicodedata.normalize("NFC", "".join(shown))


def _changed(shown: list[str], key: str, free: bool) -> bool:
    """Let the key change an earlier letter, if it does; False if it is a letter of its own."""
    low = key.lower()
    reach = range(len(shown) - 1, -1 if free else len(shown) - 2, -1)
    wanted = "ae" if low == "f" else low if low in "aed" else ""
    at = next((each for each in reach if each >= 0 and _base(shown[each]) in wanted), None)
    if at is None or not wanted:
        return False
    before, after = shown[at], _signed(shown[at], low)
    if after == before:  # the sign is there already: take it away and show the key
        shown[at] = _unsigned(before, low)
        return False
    shown[at] = after
    return True


def _base(letter: str) -> str:
    return letter[0].lower().replace("đ", "d")


def _signed(letter: str, key: str) -> str:
    if key == "d":
        return letter.replace("d", "đ").replace("D", "Đ")
    mark = GRAVE if key == "f" else "\u0302"
    return letter if mark in letter else letter + mark


def _unsigned(letter: str, key: str) -> str:
    if key == "d":
        return letter.replace("đ", "d").replace("Đ", "D")
    return letter.replace(GRAVE if key == "f" else "\u0302", "")

"""Comparing the names of people as two papers spell them. The spelling itself is never changed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import IntEnum

from kiosk.domain.text import without_marks

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_NOT_LETTERS = re.compile(r"[^A-Z ]+")


class NameMatch(IntEnum):
    """How close two names are, closest first.

    Shape:  EXACT ignores case; TONE ignores on which vowel the tone mark stands ("Hoà", "Hòa"); KEY ignores
            all marks, and y against i; TOKENS ignores the order of the words too; NEAR is one letter off.
    """

    EXACT = 0
    TONE = 1
    KEY = 2
    TOKENS = 3
    NEAR = 4
    DIFFERENT = 5


def tidied(name: str) -> str:
    """The name in composed letters with single spaces; case and spelling as they were."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def name_key(name: str) -> str:
    """Capital letters without marks, single spaces: "Nguyễn Đức Hòa" -> "NGUYEN DUC HOA"."""
    return " ".join(_NOT_LETTERS.sub("", " ".join(without_marks(name.upper()).split())).split())


def compare_names(one: str, other: str) -> NameMatch:
    """Say how close two names are.

    Source: our own order, from harmless to alarming; tests/domain/test_names.py has pairs for every step.
    """
    if tidied(one).upper() == tidied(other).upper():
        return NameMatch.EXACT
    if _tones_aside(one) == _tones_aside(other):
        return NameMatch.TONE
    first, second = (name_key(each).replace("Y", "I") for each in (one, other))
    if first == second:
        return NameMatch.KEY
    if Counter(first.split()) == Counter(second.split()):
        return NameMatch.TOKENS
    return NameMatch.NEAR if _one_edit_apart(first, second) else NameMatch.DIFFERENT


def _tones_aside(name: str) -> list[tuple[str, str]]:
    """Each word without its tone mark, and the tone mark."""
    words = unicodedata.normalize("NFD", name.upper()).split()
    return [
        (unicodedata.normalize("NFC", _TONES.sub("", each)), "".join(_TONES.findall(each))) for each in words
    ]


def _one_edit_apart(one: str, other: str) -> bool:
    """One letter more, one less, one other, or two neighbours swapped."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = short[same + 1 : same + 2] + short[same : same + 1]
    return short[same + 1 :] == long[same + 1 :] or swapped + short[same + 2 :] == long[same:]

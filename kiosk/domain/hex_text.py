"""Text fields of the BHYT code: hex of UTF-8, sometimes damaged on the way, sometimes not hex at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kiosk.domain import telex
from kiosk.domain.payload import decoded
from kiosk.domain.text import MISSING, MalformedField, composed

_HEX = re.compile(r"(?=.*[0-9])[0-9A-Fa-f]+")
_REMAINS = re.compile(r"[0-9A-Fa-f]{8}")


@dataclass(frozen=True, slots=True, repr=False)
class FieldText:
    """What a field says, and whether an input method had to be undone to read it."""

    text: str
    repaired: bool = False


def is_absent(text: str) -> bool:
    """True for the ways in which a field says that it is empty."""
    return not text or (len(text) == 1 and unicodedata.category(text) == "Pd")


def read_hex(field: str, text: str) -> FieldText:
    """Read a field that may be hex or plain.

    Shape:  hex digits of either case; a letter cut off at the very end is left out.
    Errors: MalformedField.
    """
    if is_absent(text):
        raise MalformedField(field, MISSING)
    if not _HEX.fullmatch(telex.retype(text)):
        if _REMAINS.search(text):
            raise MalformedField(field, "damaged hex")
        return FieldText(text)
    damaged = telex.is_damaged(text)
    repaired = telex.repaired(text) if damaged or len(text) % 2 else None
    if repaired and (damaged or not telex.is_oddly_cased(repaired)):
        return FieldText(composed(repaired), repaired=True)
    if damaged:
        raise MalformedField(field, "changed by an input method beyond repair")
    return FieldText(_cut_or_whole(field, text))


def _cut_or_whole(field: str, digits: str) -> str:
    """The text in hex; of a last letter that was cut, up to three bytes and a half may remain."""
    raw = bytes.fromhex(digits[: len(digits) - len(digits) % 2])
    for kept in range(len(raw), max(len(raw) - 4, 0), -1):
        if (kept == len(raw) or _is_utf8(raw[:kept])) and (text := decoded(raw[:kept])):
            return text
    raise MalformedField(field, "hex of no text")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

"""Text fields of the BHYT code: hex of UTF-8, sometimes damaged on the way, sometimes not hex at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kiosk.domain import telex
from kiosk.domain.payload import utf8, utf16
from kiosk.domain.text import MISSING, MalformedField, composed, is_plausible

_HEX = re.compile(r"[0-9A-Fa-f]+")
_PLAIN = re.compile(r"\s|[^\x00-\x7f]")  # Vietnamese has a space or a mark in every name and address
_BREAKS = re.compile(r"[\t\r\n]+")  # an address typed in two lines
_REMAINS = re.compile(r"(?=[A-Fa-f]*[0-9])[0-9A-Fa-f]{8}")


@dataclass(frozen=True, slots=True, repr=False)
class FieldText:
    """What a field says, and whether an input method had to be undone to read it."""

    text: str
    repaired: bool = False


def is_absent(text: str) -> bool:
    """True for the ways in which a field says that it is empty."""
    return not text or (len(text) == 1 and unicodedata.category(text) == "Pd")


def read_hex(field: str, text: str, *, may_be_cut: bool = True) -> FieldText:
    """Read a field that is hex by its place; plain text, if it is clearly that, passes too.

    Shape:  hex digits of either case. If it `may_be_cut`, a letter cut off at the very end is left out.
    Errors: MalformedField.
    """
    if is_absent(text):
        raise MalformedField(field, MISSING)
    if not _HEX.fullmatch(telex.retype(text)):
        if _REMAINS.search(text) or not _PLAIN.search(text):
            raise MalformedField(field, "neither hex nor a text")
        return FieldText(text)
    damaged = telex.is_damaged(text)
    repaired = telex.repaired(text) if damaged or len(text) % 2 else None
    if repaired and (damaged or not telex.is_oddly_cased(repaired)):
        return FieldText(composed(repaired), repaired=True)
    letters = None if damaged else _letters(text, may_be_cut)
    if not letters:
        raise MalformedField(field, "hex of no text")
    return FieldText(letters)


def _letters(digits: str, may_be_cut: bool) -> str | None:
    """The text in hex; of a last letter that was cut, up to three bytes and a half may remain."""
    raw = bytes.fromhex(digits[: len(digits) - len(digits) % 2])
    if len(digits) % 2 == 0 and (whole := _plausible(utf8(raw)) or _plausible(utf16(raw))):
        return whole
    shorter = (raw[:kept] for kept in range(len(raw), max(len(raw) - 4, 0), -1) if may_be_cut)
    return next((text for each in shorter if (text := _plausible(utf8(each)))), None)


def _plausible(text: str | None) -> str | None:
    bare = _BREAKS.sub(" ", text).strip("\x00 ") if text else ""
    return composed(bare) if is_plausible(bare) else None

"""One way in for everything a camera or a scanner reads, and one way to fail."""

from __future__ import annotations

from kiosk.domain.citizen_qr import has_name_first, looks_like_citizen, read_citizen
from kiosk.domain.health_qr import looks_like_health, read_health
from kiosk.domain.identity import CitizenCard
from kiosk.domain.insurance import HealthCard, VssidCode
from kiosk.domain.payload import read_text
from kiosk.domain.receipt import MalformedReceipt, ReceiptQr
from kiosk.domain.tables import NO_TABLES, Tables
from kiosk.domain.text import MalformedField, UnreadableCode, composed
from kiosk.domain.vssid_qr import looks_like_vssid, read_vssid

__all__ = ["Scan", "UnreadableCode", "read_scan"]

Scan = CitizenCard | HealthCard | VssidCode | ReceiptQr


def read_scan(raw: bytes, tables: Tables = NO_TABLES) -> Scan:
    """Read a payload. What it is follows from where its fields stand, never from a number's length.

    `tables` decides which groups, levels and provinces are known; without it none is doubted.

    Errors: UnreadableCode, and nothing else whatever the bytes; its message repeats none of them.
    """
    text = read_text(raw)
    try:
        return _read(text, tables)
    except MalformedField as why:
        raise UnreadableCode(why.code, f"The code is damaged: {why}.") from None
    except MalformedReceipt as why:
        raise UnreadableCode("malformed-receipt", f"The receipt code is damaged: {why}.") from None


def _read(text: str, tables: Tables) -> Scan:
    parts = _fields(text)
    if parts[0] == "BHXH1":
        return ReceiptQr.from_qr(text)
    if looks_like_health(parts):
        return read_health(parts, tables)
    if looks_like_citizen(parts):
        return read_citizen(parts, tables)
    if has_name_first(parts):
        raise UnreadableCode("name-first", "The name stands where a citizen card has the old number.")
    if looks_like_vssid(parts):
        return read_vssid(parts, tables)
    raise UnreadableCode("unknown-layout", f"A code of {len(parts)} fields that is none of our cards.")


def _fields(text: str) -> list[str]:
    """Split at "|"; one reader of VssID codes splits at "$" where there is none."""
    if "|" in text:
        return [composed(each) for each in text.split("|")]
    return [composed(each) for each in text.removesuffix("$").split("$")]

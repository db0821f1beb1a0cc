"""Reading the short code of the VssID application: a number and a name."""

from __future__ import annotations

import re

from kiosk.domain.hex_text import read_hex
from kiosk.domain.identity import PersonalId
from kiosk.domain.insurance import BhxhNumber, HealthCardNumber, VssidCode
from kiosk.domain.names import tidied
from kiosk.domain.text import MISSING, MalformedField


def looks_like_vssid(parts: list[str]) -> bool:
    """True if there is a number and one thing more."""
    return len(parts) == 2 and re.fullmatch(r"[0-9]{10}|[0-9]{12}|[A-Z]{2}[0-9A-Z]{13}", parts[0]) is not None


def read_vssid(parts: list[str]) -> VssidCode:
    """Read a number and a name, which may be hex.

    Shape:  number|name, the number of 10 or 12 digits or a 15-character card code.
    Errors: MalformedField.
    """
    number, name = parts
    if not name:
        raise MalformedField("full_name", MISSING)
    full_name = tidied(read_hex("full_name", name).text)
    if len(number) == 12:
        return VssidCode(None, PersonalId(number), full_name)
    if len(number) == 10:
        return VssidCode(BhxhNumber(number), None, full_name)
    return VssidCode(_last_ten(number), None, full_name, HealthCardNumber(number))


def _last_ten(number: str) -> BhxhNumber | None:
    """The application shows current cards, on which the last ten digits are the BHXH number."""
    return BhxhNumber(number[-10:]) if number[-10:].isdigit() else None

"""Reading the short code of the VssID application: a number and a name."""

from __future__ import annotations

import re

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.health_qr import doubts_about
from kiosk.domain.hex_text import read_hex
from kiosk.domain.insurance import BhxhNumber, HealthCardNumber, VssidCode
from kiosk.domain.names import tidied
from kiosk.domain.tables import Tables
from kiosk.domain.text import MISSING, MalformedField


def looks_like_vssid(parts: list[str]) -> bool:
    """True if there is a number and one thing more."""
    return len(parts) == 2 and re.fullmatch(r"[0-9]{10}|[0-9]{12}|[A-Z]{2}[0-9A-Z]{13}", parts[0]) is not None


def read_vssid(parts: list[str], tables: Tables) -> VssidCode:
    """Read a number and a name, which may be hex.

    Shape:  number|name, the number of 10 or 12 digits or a 15-character card code.
    Errors: MalformedField.
    """
    number, name = parts
    if not name:
        raise MalformedField("full_name", MISSING)
    read = read_hex("full_name", name, may_be_cut=False)  # a cut here would be the code's own
    code = HealthCardNumber(number)
    found = doubts_about(code, tables)
    found |= {CardWarning.ID_12_IN_BHYT: False, CardWarning.REPAIRED_IME: read.repaired}
    return VssidCode(
        bhxh_number=_bhxh_number(code),
        personal_id=code.personal_id,
        full_name=tidied(read.text),
        card_number=code if code.has_prefix else None,
        warnings=tuple(warning for warning, present in found.items() if present),
    )


def _bhxh_number(code: HealthCardNumber) -> BhxhNumber | None:
    """The application shows current cards, on which the last ten digits are the BHXH number."""
    if code.personal_id or not re.fullmatch(r"[0-9]{10}", code.last_ten):
        return None
    return BhxhNumber(code.last_ten)

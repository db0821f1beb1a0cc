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
    """True if there is a number and one thing more, with an end marker or none.

    An empty third field is no end: it is where a health card's code was cut.
    """
    alone = len(parts) == 2 or (len(parts) == 3 and parts[2] in ("$", "#"))
    return alone and re.fullmatch(r"[0-9]{10}|[0-9]{12}", parts[0]) is not None


def read_vssid(parts: list[str], tables: Tables) -> VssidCode:
    """Read a number and a name, which may be hex.

    Shape:  number|name, the number of 10 or 12 digits, the name of two words or more.
    Errors: MalformedField.
    """
    number, name = HealthCardNumber(parts[0]), parts[1].rstrip("$# ")
    if not name:
        raise MalformedField("full_name", MISSING)
    read = read_hex("full_name", name, may_be_cut=False)  # a cut here would be the code's own
    full_name = tidied(read.text)
    if " " not in full_name:
        raise MalformedField("full_name", "a single word")
    found = doubts_about(number, None, tables)
    found |= {CardWarning.ID_12_IN_BHYT: False, CardWarning.REPAIRED_IME: read.repaired}
    return VssidCode(
        bhxh_number=None if number.personal_id else BhxhNumber(number.text),
        personal_id=number.personal_id,
        full_name=full_name,
        warnings=tuple(warning for warning, present in found.items() if present),
    )

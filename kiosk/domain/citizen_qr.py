"""Reading the code on a citizen card."""

from __future__ import annotations

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.dates import PartialDate
from kiosk.domain.hex_text import is_absent
from kiosk.domain.identity import CitizenCard, CitizenLayout, ExtraField, PersonalId, Sex
from kiosk.domain.names import tidied
from kiosk.domain.tables import Tables
from kiosk.domain.text import MISSING, MalformedField

_SEX = {"NAM": Sex.MALE, "NỮ": Sex.FEMALE}
_SHORT_ISSUE_YEARS = range(2016, 2101)
"""A short date of issue outside the years of such cards is a longer one cut off: what is left of "20012021"
is 2001, of "31122021" it is 3112."""


def looks_like_citizen(parts: list[str]) -> bool:
    """True if the fields stand where a citizen card has them."""
    return len(parts) >= 5 and parts[4].upper() in _SEX


def has_name_first(parts: list[str]) -> bool:
    """True for the order that some papers claim and no card has: number, name, birth, sex."""
    return len(parts) >= 6 and any(each.isalpha() for each in parts[1]) and parts[3].upper() in _SEX


def read_citizen(parts: list[str], tables: Tables) -> CitizenCard:
    """Read the fields of a code that looks like a citizen card's.

    Shape:  number|old number|name|birth|Nam or Nữ|address|issue, then four more on cards since 2024. The
            old number and the address may be empty.
    Errors: MalformedField.
    """
    if len(parts) < 7:
        raise MalformedField("issued_on", MISSING)
    number, old, name, birth, sex, address, issued = parts[:7]
    if not number:
        raise MalformedField("personal_id", MISSING)
    personal_id = PersonalId(number)
    extra = tuple(ExtraField.by_shape(each) for each in parts[7:] if not is_absent(each))
    return CitizenCard(
        layout=CitizenLayout.CCCD_7 if len(parts) == 7 else CitizenLayout.CCCD_11,
        personal_id=personal_id,
        old_id=old or None,
        full_name=tidied(name),
        date_of_birth=PartialDate.read("date_of_birth", birth),
        sex=_SEX[sex.upper()],
        address=address or None,
        issued_on=_issue_date(issued),
        extra=extra,
        warnings=_warnings(personal_id, extra, tables),
    )


def _issue_date(text: str) -> PartialDate:
    issued = PartialDate.read("issued_on", text)
    if not issued.is_full and issued.year not in _SHORT_ISSUE_YEARS:
        raise MalformedField("issued_on", "cut short")
    return issued


def _warnings(
    personal_id: PersonalId, extra: tuple[ExtraField, ...], tables: Tables
) -> tuple[CardWarning, ...]:
    found = {
        CardWarning.UNKNOWN_PROVINCE: tables.lacks_province(personal_id.province),
        CardWarning.EXTRA_FIELDS: bool(extra),
    }
    return tuple(warning for warning, present in found.items() if present)

"""Reading the code on a health-insurance card."""

from __future__ import annotations

import re
from dataclasses import replace

from kiosk.domain import telex
from kiosk.domain.card_warning import CardWarning
from kiosk.domain.dates import PartialDate
from kiosk.domain.hex_text import FieldText, is_absent, read_hex
from kiosk.domain.identity import Sex
from kiosk.domain.insurance import BhxhNumber, HealthCard, HealthCardNumber
from kiosk.domain.names import tidied
from kiosk.domain.tables import Tables
from kiosk.domain.text import MISSING, MalformedField

_SEX = {"1": Sex.MALE, "2": Sex.FEMALE}
_BASE_FIELDS = 14  # up to the check string, whose rule only the agency knows
_ALL_FIELDS = 16  # then benefit level and place of issue
_TEXTS = {1: "full_name", 4: "address", 10: "guardian_name", 15: "issued_at_place"}


def looks_like_health(parts: list[str]) -> bool:
    """True if the fields stand where a health card has them."""
    return len(parts) >= 4 and (parts[3] in _SEX or "/" in parts[2])


def read_health(parts: list[str], tables: Tables) -> HealthCard:
    """Read the fields of a code that looks like a health card's, end marker and all.

    Shape:  number|name|birth|sex|address|hospital|from|to|issued|management code|parent|living area|
            five years from|check string, then on 10-digit cards level|place; names and places in hex.
    Errors: MalformedField.
    """
    fields = _padded(parts)
    texts = {at: read_hex(name, fields[at]) for at, name in _TEXTS.items() if fields[at] or at == 1}
    number = card_number(fields[0])
    card = _card(fields, texts, number)
    repaired = telex.is_damaged(fields[0]) or any(each.repaired for each in texts.values())
    found = {
        CardWarning.OBSOLETE_CARD_NUMBER: is_obsolete(card),
        **doubts_about(number, card.benefit_level, tables),
        CardWarning.EXTRA_FIELDS: any(fields[_ALL_FIELDS:]),
        CardWarning.REPAIRED_IME: repaired,
    }
    return replace(card, warnings=tuple(warning for warning, present in found.items() if present))


def card_number(text: str) -> HealthCardNumber:
    """Read field 0: any case, spaces as printed on the card, and letters an input method changed.

    Errors: MalformedField.
    """
    if not text:
        raise MalformedField("card_number", MISSING)
    return HealthCardNumber(telex.retype(text).replace(" ", "").upper())


def doubts_about(number: HealthCardNumber, level: str | None, tables: Tables) -> dict[CardWarning, bool]:
    """What the tables do not know about a number and a benefit level. No reason to refuse: tables age."""
    home = number.personal_id
    province = home.province if home else number.province and f"0{number.province}"
    return {
        CardWarning.UNKNOWN_GROUP: tables.lacks_group(number.group),
        CardWarning.UNKNOWN_LEVEL: tables.lacks_level(level),
        CardWarning.UNKNOWN_PROVINCE: tables.lacks_province(province),
        CardWarning.ID_12_IN_BHYT: home is not None,
    }


def is_obsolete(card: HealthCard) -> bool:
    """True if the number on the card is not the holder's BHXH number: a card from before 2018."""
    return card.bhxh_number is not None and card.bhxh_number.digits != card.card_number.last_ten


def _padded(parts: list[str]) -> list[str]:
    """All sixteen fields, empty where the card says nothing."""
    body = _without_end(parts)
    if len(body) < _BASE_FIELDS or (body == parts and _is_cut(body)):
        raise MalformedField("check_string", MISSING)
    fields = ["" if is_absent(each) else each for each in body]
    return fields + [""] * (_ALL_FIELDS - len(fields))


def _without_end(parts: list[str]) -> list[str]:
    """Leave out the end marker: "$", "#" or nothing, with or without a separator before it."""
    body = [*parts[:-1], parts[-1].rstrip("$#").rstrip()]
    return body if body[-1] else body[:-1]


def _is_cut(body: list[str]) -> bool:
    """True if a code without an end marker stops too soon.

    That is before the last two fields of a 10-digit card, or within the check string of another.
    """
    if len(body[0]) == 10:
        return len(body) < _ALL_FIELDS
    return len(body) == _BASE_FIELDS and not re.search(r"-[0-9]{4}\Z", body[-1])


def _card(fields: list[str], texts: dict[int, FieldText], number: HealthCardNumber) -> HealthCard:
    agency_hint, bhxh_number = _management_code(fields[9], number)
    address, guardian, place = (texts[at].text if at in texts else None for at in (4, 10, 15))
    return HealthCard(
        layout=number.layouts[-1 if fields[14] or fields[15] else 0],
        card_number=number,
        bhxh_number=bhxh_number,
        personal_id=number.personal_id,
        full_name=tidied(texts[1].text),
        date_of_birth=PartialDate.read("date_of_birth", fields[2]),
        sex=_sex(fields[3]),
        address=address,
        hospital_code=_hospital_code(fields[5]),
        valid_from=_date("valid_from", fields[6]),
        valid_to=_date("valid_to", fields[7]),
        issued_on=_date("issued_on", fields[8]),
        agency_hint=agency_hint,
        guardian_name=guardian,
        living_area=_short(fields[11]),
        five_years_from=_date("five_years_from", fields[12]),
        benefit_level=number.level or _short(fields[14]),
        issued_at_place=place,
    )


def _management_code(text: str, number: HealthCardNumber) -> tuple[str | None, BhxhNumber | None]:
    """Agency and BHXH number from field 9: two digits of province, two of unit, ten of the number.

    A card that bears a 12-digit personal number may repeat it here.
    """
    if number.personal_id and re.fullmatch(rf"[0-9]{{4}}{number.text}", text):
        return f"0{text[:4]}", None
    if not text:
        return None, BhxhNumber(number.text) if len(number.text) == 10 else None
    if not re.fullmatch(r"([0-9]{4})?[0-9]{10}", text):
        raise MalformedField("bhxh_number", "not 14 digits")
    return f"0{text[:-10]}" if len(text) == 14 else None, BhxhNumber(text[-10:])


def _sex(text: str) -> Sex:
    if text not in _SEX:
        raise MalformedField("sex", "neither 1 nor 2" if text else MISSING)
    return _SEX[text]


def _date(name: str, text: str) -> PartialDate | None:
    return PartialDate.read(name, text) if text else None


def _hospital_code(text: str) -> str | None:
    """Make 79024 of "79 - 024", with any dash. Another shape is left out: the card is good without it."""
    code = re.sub(r"[^0-9A-Z]", "", text.upper())
    return code if re.fullmatch(r"[0-9]{2}[0-9A-Z]{3}", code) else None


def _short(text: str) -> str | None:
    return text.upper() if re.fullmatch(r"[0-9A-Za-z]{1,2}", text) else None

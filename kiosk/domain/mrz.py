"""The machine-readable lines on the back of a citizen card (TD1) and on a passport (TD3), as OCR reads them.

Everything but the name is guarded by check digits. The name has none, has lost its accents and may be cut: it
is shown as what it is (citizen_mrz.py) and compared with other papers, but stands for no other spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import PersonalId, Sex
from kiosk.domain.names import name_key
from kiosk.domain.text import MalformedField, UnreadableCode

_DIGITS = str.maketrans("OQDILZSGB", "000112568")
_LETTERS = str.maketrans("015268", "OISZGB")
_FILLERS = str.maketrans("KCEX(«{[", "<" * 8)
"""What OCR takes digits, letters and fillers for; undone only where such a character must stand."""

_NEVER = "991231"  # printed as the expiry of a card that has none
_CARD_GUARDED = slice(0, 7), slice(8, 15), slice(29, 30)
_PASSPORT_GUARDED = slice(13, 20), slice(21, 28), slice(28, 43), slice(43, 44)
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}


class MrzKind(StrEnum):
    """Which document the lines are from."""

    CITIZEN_CARD = "td1"
    PASSPORT = "td3"


@dataclass(frozen=True, slots=True, repr=False)
class Mrz:
    """What the lines say, all check digits holding.

    Shape:  `document_number` is the passport's, or the last nine digits of the personal number; `sex` is
            None if the document leaves it open; `expires_on` is None if it never does; `name` is in capital
            letters without marks, surname first, unguarded.
    """

    kind: MrzKind
    document_number: str
    personal_id: PersonalId | None
    date_of_birth: PartialDate
    sex: Sex | None
    expires_on: PartialDate | None
    name: str


def read_mrz(text: str, today: date) -> Mrz:
    """Find and read the lines in what OCR made of a picture.

    `today` settles the century of a passport's birth year: nobody is born in the future.

    Errors: UnreadableCode, whatever the text.
    """
    lines = [each for line in text.upper().splitlines() if (each := re.sub(r"\s", "", line))]
    trouble = "there are none of a Vietnamese card or passport"
    for read, found in _candidates(lines):
        try:
            return read(found, today)
        except MalformedField as why:
            trouble = str(why)
    raise UnreadableCode("bad-mrz", f"The machine-readable lines cannot be used: {trouble}.")


def card_lines(
    personal_id: PersonalId, born: PartialDate, sex: Sex, expires: PartialDate | None, name: str
) -> tuple[str, str, str]:
    """Write the back of a citizen card, as the ministry's printer would: three lines of thirty.

    Shape:  `name` may have its marks and small letters; its first word is the surname. No expiry is never.
    Source: domain.md section 3.3: three complete and two partial samples, recalculated.
    """
    nine = personal_id.digits[3:]
    number = nine + check_digit(nine) + personal_id.digits + "<<"
    number += check_digit(personal_id.digits + "<<")
    birth, expiry = _yymmdd(born), _yymmdd(expires) if expires else _NEVER
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    whole = check_digit(number + birth + expiry + "<" * 11)
    surname, *given = name_key(name).split()
    letter = "M" if sex is Sex.MALE else "F"
    return (
        f"IDVNM{number}",
        f"{birth}{letter}{expiry}VNM{'<' * 11}{whole}",
        f"{surname}<<{'<'.join(given)}".ljust(30, "<")[:30],
    )


def check_digit(text: str) -> str:
    """The digit that guards `text`: weights 7, 3, 1; a letter counts from A = 10, a filler 0.

    Errors: MalformedField for any other character.
    Source: ICAO Doc 9303 part 3, 4.9.
    """
    values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = 0
    for at, letter in enumerate(text):
        if letter != "<" and letter not in values:
            raise MalformedField("mrz", "a character that cannot be there")
        total += (7, 3, 1)[at % 3] * max(values.find(letter), 0)
    return str(total % 10)


def _candidates(
    lines: list[str],
) -> Iterator[tuple[Callable[[list[str], date], Mrz], list[str]]]:
    """Neighbouring lines that may be a document's. OCR miscounts fillers, so a card's are put right first."""
    for at in range(min(len(lines) - 1, 200)):
        if not _is_vnm(lines[at][2:5]):
            continue
        first, second = _refilled(lines[at], 27), _refilled(lines[at + 1], 18)
        if first and second and first[:2].translate(_LETTERS) in ("ID", "IO"):
            yield _read_card, [first, second, *lines[at + 2 : at + 3]]
        if lines[at][0] == "P" and _is_vnm(lines[at + 1][10:13]) and len(lines[at + 1]) == 44:
            yield _read_passport, lines[at : at + 2]


def _refilled(line: str, head: int) -> str | None:
    """The card's line of 30 with as many fillers as there must be between its head and its last character."""
    if not head < len(line) < 40 or line[head:-1].translate(_FILLERS).strip("<L1"):
        return None
    return line[:head] + "<" * (29 - head) + line[-1]


def _read_card(lines: list[str], today: date) -> Mrz:
    """Read "ID", "VNM", nine digits, check, twelve digits, "<<", check / birth, sex, expiry, "VNM" / name."""
    first, second = lines[:2]
    number = first[5:].translate(_DIGITS)
    birth, expiry, last = (second[part].translate(_DIGITS) for part in _CARD_GUARDED)
    _must_hold("number", number[:10])
    _must_hold("personal_id", number[10:])
    _must_hold("date_of_birth", birth)
    _must_hold("expires_on", expiry)
    _must_hold("composite", number + birth + expiry + second[18:29] + last)
    if number[:9] != number[13:22]:
        raise MalformedField("mrz", "the two numbers differ")
    personal_id = PersonalId(number[10:22])
    return Mrz(
        kind=MrzKind.CITIZEN_CARD,
        document_number=number[:9],
        personal_id=personal_id,
        date_of_birth=_birth(birth, personal_id, today),
        sex=_SEXES.get(second[7]),
        expires_on=None if expiry.startswith(_NEVER) else _date("expires_on", expiry, 2000),
        name=_name(lines[2] if len(lines) > 2 else ""),
    )


def _read_passport(lines: list[str], today: date) -> Mrz:
    """Read "P<", "VNM", name / number, "VNM", birth, sex, expiry, personal number, with their checks."""
    first, second = lines
    number = second[0].translate(_LETTERS) + second[1:10].translate(_DIGITS)
    birth, expiry, personal, last = (second[part].translate(_DIGITS) for part in _PASSPORT_GUARDED)
    personal = personal.translate(_FILLERS)
    _must_hold("number", number)
    _must_hold("date_of_birth", birth)
    _must_hold("expires_on", expiry)
    _must_hold("personal_id", personal if personal.strip("<") else "<" * 14 + "0")
    _must_hold("composite", number + birth + expiry + personal + last)
    digits = personal[:14].rstrip("<")
    personal_id = PersonalId(digits) if len(digits) == 12 else None
    return Mrz(
        kind=MrzKind.PASSPORT,
        document_number=number[:9].rstrip("<"),
        personal_id=personal_id,
        date_of_birth=_birth(birth, personal_id, today),
        sex=_SEXES.get(second[20]),
        expires_on=_date("expires_on", expiry, 2000),
        name=_name(first[5:]),
    )


def _is_vnm(text: str) -> bool:
    return text.translate(_LETTERS) == "VNM"


def _must_hold(field: str, guarded: str) -> None:
    """Insist that the last character guards the ones before it."""
    if check_digit(guarded[:-1]) != guarded[-1]:
        raise MalformedField(field, "its check digit does not hold")


def _birth(text: str, personal_id: PersonalId | None, today: date) -> PartialDate:
    """The century is the personal number's if their years agree, else the latest not in the future."""
    if personal_id and text[:2] == personal_id.digits[4:6]:
        return _date("date_of_birth", text, personal_id.birth_year - personal_id.birth_year % 100)
    this_century = today.year - today.year % 100
    born = _date("date_of_birth", text, this_century)
    return born if born.earliest() <= today else _date("date_of_birth", text, this_century - 100)


def _date(field: str, text: str, century: int) -> PartialDate:
    """Read YYMMDD, in which fillers stand for what is unknown."""
    year, month, day = (text[at : at + 2] for at in (0, 2, 4))
    if not re.fullmatch(r"[0-9]{2}(?:[0-9]{4}|[0-9]{2}<<|<<<<)", text[:6]):
        raise MalformedField(field, "not a date")
    known = [int(each) for each in (month, day) if each != "<<"]
    return PartialDate(century + int(year), *known)


def _yymmdd(when: PartialDate) -> str:
    month, day = ("<<" if each is None else f"{each:02d}" for each in (when.month, when.day))
    return f"{when.year % 100:02d}{month}{day}"


def _name(line: str) -> str:
    letters = line.translate(_LETTERS)
    return " ".join(re.sub(r"[^A-Z]", " ", re.sub(r"[^A-Z<].*|<{3}.*|[<KCX]{5}.*", "", letters)).split())

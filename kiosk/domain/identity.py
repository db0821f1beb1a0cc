"""Who a citizen is: the personal number, and the citizen card (CCCD, căn cước) that carries it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.dates import PartialDate
from kiosk.domain.text import MISSING, MalformedField, require_line, require_name


class Sex(StrEnum):
    """As the cards know it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def vi(self) -> str:
        """The word on the citizen card."""
        return "Nam" if self is Sex.MALE else "Nữ"


@dataclass(frozen=True, slots=True, repr=False)
class PersonalId:
    """Số định danh cá nhân, the number on the citizen card.

    Shape:  12 ASCII digits "PPPGYYNNNNNN": P province or country of birth registration, G century and
            sex, Y last two digits of the birth year, N drawn at random. There is no check digit.
    Errors: MalformedField; the digits themselves never reach a log.
    Source: Thông tư 07/2016/TT-BCA Điều 7; Thông tư 59/2021/TT-BCA Điều 4.
    """

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{12}", self.digits):
            raise MalformedField("personal_id", f"{len(self.digits)} characters, not 12 digits")

    @property
    def province(self) -> str:
        """Three digits; a code outside the 63 provinces can be a country."""
        return self.digits[:3]

    @property
    def sex(self) -> Sex:
        """The sex at registration: even digits are men, odd ones women."""
        return Sex.FEMALE if int(self.digits[3]) % 2 else Sex.MALE

    @property
    def birth_year(self) -> int:
        """Full year at registration, 1900 to 2399."""
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    def masked(self) -> str:
        """Enough to tell two cards apart on a screen: the last four digits."""
        return "•" * 8 + self.digits[-4:]


class CitizenLayout(StrEnum):
    """What was read: a code of 7 or 11 fields, or the lines on the back (TD1); or it was typed."""

    CCCD_7 = "cccd-7"
    CCCD_11 = "cccd-11"
    TD1 = "td1"
    TYPED = "typed"


class ExtraKind(StrEnum):
    """What one of the four extra fields looks like."""

    PERSONAL_ID = "personal-id"
    DATE = "date"
    NAME = "name"
    OTHER = "other"


@dataclass(frozen=True, slots=True, repr=False)
class ExtraField:
    """One filled field after the seventh, judged by its shape because their order is unknown.

    Shape:  12 digits are a cancelled personal number, a date is a date, letters are a name.
    Source: Nghị định 58/2026/NĐ-CP Điều 12 (cancelled numbers are in the code); the rest was seen once.
    """

    kind: ExtraKind
    text: str

    @classmethod
    def by_shape(cls, text: str) -> ExtraField:
        """Judge one field."""
        return cls(_shape_of(text), text)

    def __post_init__(self) -> None:
        require_line("extra", self.text)


@dataclass(frozen=True, slots=True, repr=False)
class CitizenCard:
    """What a citizen card says, by its code or by the lines on its back.

    Shape:  `extra` holds the filled ones of the four fields a card of 2024 has after the seventh, and of
            any more that later cards may have.
            The back alone tells `expires_on`; it says nothing of address, issue or old number, and has the
            name in capital letters without marks. A typed card has neither, nor an address.
            `warnings` tell how the code was read and take no part in comparisons.
    Errors: MalformedField.
    Source: three real codes of 2024-25 and many of 2021-24; see tests/domain/test_citizen_qr.py.
    """

    layout: CitizenLayout
    personal_id: PersonalId
    old_id: str | None
    full_name: str
    date_of_birth: PartialDate
    sex: Sex
    address: str | None
    issued_on: PartialDate | None
    extra: tuple[ExtraField, ...] = ()
    expires_on: PartialDate | None = None
    warnings: tuple[CardWarning, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.old_id is not None and not re.fullmatch(r"[0-9]{8,12}", self.old_id):
            raise MalformedField("old_id", "not 8 to 12 digits")
        require_name("full_name", self.full_name)
        require_line("address", self.address)
        if self.issued_on is None and self.layout not in (CitizenLayout.TD1, CitizenLayout.TYPED):
            raise MalformedField("issued_on", MISSING)
        if self.extra and self.layout is not CitizenLayout.CCCD_11:
            raise MalformedField("extra", f"{len(self.extra)} fields")

    def to_qr(self) -> str:
        """Write the code's text, as the ministry's printer would.

        Errors: ValueError for a card read from its back or typed: neither tells what its code says.
        """
        if self.issued_on is None:
            raise ValueError(f"layout {self.layout} has no code")
        fields = [
            self.personal_id.digits,
            self.old_id or "",
            self.full_name,
            self.date_of_birth.compact(),
            self.sex.vi,
            self.address or "",
            self.issued_on.compact(),
        ]
        if self.layout is CitizenLayout.CCCD_11:
            extra = [each.text for each in self.extra]
            fields += extra + [""] * (4 - len(extra))
        return "|".join(fields)


def _shape_of(text: str) -> ExtraKind:
    if re.fullmatch(r"[0-9]{12}", text):
        return ExtraKind.PERSONAL_ID
    if _passes(PartialDate.read, text):
        return ExtraKind.DATE
    return ExtraKind.NAME if _passes(require_name, text) else ExtraKind.OTHER


def _passes(check: Callable[[str, str], object], text: str) -> bool:
    try:
        check("extra", text)
    except MalformedField:
        return False
    return True

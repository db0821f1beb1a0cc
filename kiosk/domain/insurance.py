"""Health insurance: the BHXH number, the card code, and the card (BHYT) that carries both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import PersonalId, Sex
from kiosk.domain.text import MISSING, MalformedField, require_line, require_name


@dataclass(frozen=True, slots=True, repr=False)
class BhxhNumber:
    """Mã số BHXH.

    Shape:  10 ASCII digits. There is no check digit, and the first two are not always a province.
    Errors: MalformedField; the digits themselves never reach a log.
    Source: eight numbers tried against four check-digit rules, none holds; one starts with 97.
    """

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{10}", self.digits):
            raise MalformedField("bhxh_number", f"{len(self.digits)} characters, not 10 digits")

    def masked(self) -> str:
        """Enough to tell two cards apart on a screen: the last four digits."""
        return "•" * 6 + self.digits[-4:]


class HealthLayout(StrEnum):
    """Which generation of card the code belongs to."""

    BHYT_15 = "bhyt-15"
    BHYT_10 = "bhyt-10"
    BHYT_LEGACY = "bhyt-legacy"


@dataclass(frozen=True, slots=True, repr=False)
class HealthCardNumber:
    """Mã thẻ BHYT as field 0 of the code has it.

    Shape:  15 characters "GGLPPNNNNNNNNNN" (G group, L benefit level, P province, N the BHXH number, or
            on cards before 2018 an old serial with letters in it), or the 10-digit BHXH number alone,
            or a 12-digit personal number.
    Errors: MalformedField. An unknown group, level or province is not an error.
    Source: Quyết định 1351/QĐ-BHXH (15 characters), Quyết định 1666/QĐ-BHXH (10 digits, from 1/4/2021).
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{13}|[0-9]{10}|[0-9]{12}", self.text):
            raise MalformedField("card_number", f"{len(self.text)} characters, not a card code")

    @property
    def has_prefix(self) -> bool:
        """True for the 15-character code, which begins with group, level and province."""
        return len(self.text) == 15

    @property
    def group(self) -> str | None:
        """Two letters, such as TE for a child under six."""
        return self.text[:2] if self.has_prefix else None

    @property
    def level(self) -> str | None:
        """One character, 1 to 5 on a sound card."""
        return self.text[2] if self.has_prefix else None

    @property
    def province(self) -> str | None:
        """Two characters, digits on a sound card."""
        return self.text[3:5] if self.has_prefix else None

    @property
    def last_ten(self) -> str:
        """Where cards since 2018 have the BHXH number."""
        return self.text[-10:]

    @property
    def personal_id(self) -> PersonalId | None:
        """The holder's personal number, where it stands instead of a card code."""
        return PersonalId(self.text) if len(self.text) == 12 else None

    @property
    def layouts(self) -> tuple[HealthLayout, ...]:
        """The layouts in which such a code can stand, the one without level and place first."""
        if len(self.text) == 12:
            return HealthLayout.BHYT_15, HealthLayout.BHYT_10
        if not self.has_prefix:
            return (HealthLayout.BHYT_10,)
        old = re.search(r"[A-Z]", self.text[5:])
        return (HealthLayout.BHYT_LEGACY if old else HealthLayout.BHYT_15,)


@dataclass(frozen=True, slots=True, repr=False)
class HealthCard:
    """What the code on a health-insurance card says.

    Shape:  `agency_hint` is the five-digit code of the agency that manages the card, a suggestion only;
            `guardian_name` is the parent's; `address` is an employer's name on a worker's card. At least one
            of the two numbers that tell people apart is there.
            `warnings` tell how the code was read and take no part in comparisons.
    Errors: MalformedField.
    Source: four real codes of 2017 to 2023; see tests/domain/test_health_qr.py.
    """

    layout: HealthLayout
    card_number: HealthCardNumber
    bhxh_number: BhxhNumber | None
    personal_id: PersonalId | None
    full_name: str
    date_of_birth: PartialDate
    sex: Sex
    address: str | None = None
    hospital_code: str | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    issued_on: PartialDate | None = None
    agency_hint: str | None = None
    guardian_name: str | None = None
    living_area: str | None = None
    five_years_from: PartialDate | None = None
    benefit_level: str | None = None
    issued_at_place: str | None = None
    warnings: tuple[CardWarning, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.layout not in self.card_number.layouts:
            raise MalformedField("card_number", "does not belong in this layout")
        if self.card_number.has_prefix and self.benefit_level != self.card_number.level:
            raise MalformedField("benefit_level", "differs from the card number's")
        if self.personal_id != self.card_number.personal_id:
            raise MalformedField("personal_id", "differs from the card number")
        has_end = bool(self.benefit_level or self.issued_at_place)
        if self.personal_id and has_end != (self.layout is HealthLayout.BHYT_10):
            raise MalformedField("benefit_level", "does not belong in this layout")
        if self.bhxh_number is None and self.personal_id is None:
            raise MalformedField("bhxh_number", MISSING)
        require_name("full_name", self.full_name)
        for name in ("address", "guardian_name", "issued_at_place"):
            require_line(name, getattr(self, name))
        _require("hospital_code", self.hospital_code, r"[0-9]{2}[0-9A-Z]{3}")
        _require("agency_hint", self.agency_hint, r"0[0-9]{4}")
        _require("living_area", self.living_area, r"[0-9A-Z]{1,2}")
        _require("benefit_level", self.benefit_level, r"[0-9A-Z]{1,2}")

    def to_qr(self) -> str:
        """Write the code's text as the printer of its generation would, check string left blank."""
        hospital = self.hospital_code
        fields = [
            self.card_number.text,
            _hex(self.full_name),
            self.date_of_birth.shown(),
            "1" if self.sex is Sex.MALE else "2",
            _hex(self.address),
            f"{hospital[:2]} - {hospital[2:]}" if hospital else "-",
            *(_shown(each) for each in (self.valid_from, self.valid_to, self.issued_on)),
            self._management_code(),
            _hex(self.guardian_name),
            self.living_area or "-",
            _shown(self.five_years_from),
            "0" * 16 + "-7102",
        ]
        if self.layout is HealthLayout.BHYT_10 or self.issued_at_place:
            fields += [self.benefit_level or "-", _hex(self.issued_at_place)]
        return "|".join([*fields, "$"])

    def _management_code(self) -> str:
        unit = self.agency_hint[1:] if self.agency_hint else ""
        if self.bhxh_number:
            return unit + self.bhxh_number.digits
        return unit + self.card_number.text if unit else "-"


@dataclass(frozen=True, slots=True, repr=False)
class VssidCode:
    """The short code the VssID application shows: a number and a name, nothing else.

    Shape:  one of the two numbers. `warnings` tell how the code was read and take no part in comparisons.
    Errors: MalformedField.
    Source: one reader in public code; everything else must be typed.
    """

    bhxh_number: BhxhNumber | None
    personal_id: PersonalId | None
    full_name: str
    warnings: tuple[CardWarning, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if (self.bhxh_number is None) == (self.personal_id is None):
            raise MalformedField("bhxh_number", "not one number")
        require_name("full_name", self.full_name)

    def to_qr(self) -> str:
        """Write the code's text."""
        holder = self.bhxh_number or self.personal_id
        assert holder is not None
        return f"{holder.digits}|{self.full_name}"


def _require(name: str, text: str | None, shape: str) -> None:
    if text is not None and not re.fullmatch(shape, text):
        raise MalformedField(name, "not of its shape")


def _shown(when: PartialDate | None) -> str:
    return when.shown() if when else "-"


def _hex(text: str | None) -> str:
    return text.encode().hex() if text else "-"

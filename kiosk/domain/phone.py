"""The mobile number that receives the result by SMS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_OLD_PREFIXES = {
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0126": "076",
    "0127": "081",
    "0128": "078",
    "0129": "082",
    "0162": "032",
    "0163": "033",
    "0164": "034",
    "0165": "035",
    "0166": "036",
    "0167": "037",
    "0168": "038",
    "0169": "039",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}
"""Where the eleven-digit prefixes went in September 2018 (Quyết định 798/QĐ-BTTTT; from memory)."""


class PhoneFault(StrEnum):
    """Why a number cannot be used."""

    MALFORMED = "malformed"
    LANDLINE = "landline"
    OLD_NUMBER = "old-number"


class MalformedPhone(ValueError):
    """Not a mobile number of today. Never names the number.

    `suggestion` is the number that took its place, for an eleven-digit one of before 2018.
    """

    def __init__(self, fault: PhoneFault, suggestion: MobilePhone | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True, repr=False)
class MobilePhone:
    """A Vietnamese mobile number.

    Shape:  ten ASCII digits, the first 0, the second 3, 5, 7, 8 or 9.
    Errors: MalformedPhone.
    """

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"0[35789][0-9]{8}", self.digits):
            raise MalformedPhone(PhoneFault.MALFORMED)

    @classmethod
    def read(cls, text: str) -> MobilePhone:
        """Read what a person typed: "+84", "84" or "0" in front, spaces, dots, dashes, brackets.

        Errors: MalformedPhone, with the number that replaced an old one.
        """
        digits = _national(text)
        if re.fullmatch(r"02[0-9]{8,9}", digits):
            raise MalformedPhone(PhoneFault.LANDLINE)
        if re.fullmatch(r"01[0-9]{9}", digits):
            raise MalformedPhone(PhoneFault.OLD_NUMBER, _replacement(digits))
        return cls(digits)

    @property
    def prefix_known(self) -> bool:
        """False if no carrier's list has the prefix: accepted, because new ones appear, but worth a look."""
        import phonenumbers  # noqa: PLC0415 - the tables of the whole world, for one country's prefixes

        number = phonenumbers.parse(self.digits, "VN")
        return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE

    def shown(self) -> str:
        """In groups, to be compared by eye: "0912 345 678"."""
        return f"{self.digits[:4]} {self.digits[4:7]} {self.digits[7:]}"

    def masked(self) -> str:
        """The last three digits, for a screen that others can see: "•••• ••• 678"."""
        return f"•••• ••• {self.digits[7:]}"


def _national(text: str) -> str:
    digits = re.sub(r"[\s.()\u2010-\u2015-]", "", text)
    found = re.fullmatch(r"(?:\+840?|00840?|84(?=[0-9]{9,10}\Z)|0)([1-9][0-9]*)", digits, re.ASCII)
    if found is None:
        raise MalformedPhone(PhoneFault.MALFORMED)
    return f"0{found[1]}"


def _replacement(digits: str) -> MobilePhone | None:
    prefix = _OLD_PREFIXES.get(digits[:4])
    return MobilePhone(prefix + digits[4:]) if prefix else None

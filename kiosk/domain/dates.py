"""Dates as cards give them: sometimes only a year, or a month and a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from kiosk.domain.text import MISSING, MalformedField

_SLASHED = re.compile(r"(?:(?:([0-9]{1,2})/)?([0-9]{1,2})/)?([0-9]{4})")
_COMPACT = re.compile(r"(?:([0-9]{2})?([0-9]{2}))?([0-9]{4})")


@dataclass(frozen=True, slots=True, repr=False)
class PartialDate:
    """A day, a month or a year, as exact as the card is.

    Shape:  year 1000 to 9999; month None means only the year is known, day None only the month.
    Errors: MalformedField if there is no such day. An implausible date is not an error.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1000 <= self.year <= 9999:
            raise MalformedField("date", "no such year")
        if self.day is not None and self.month is None:
            raise MalformedField("date", "a day without a month")
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            raise MalformedField("date", "no such day") from None

    @classmethod
    def read(cls, field: str, text: str) -> PartialDate:
        """Read any of the shapes found on cards.

        Shape:  "d/M/yyyy", "M/yyyy", "ddMMyyyy", "MMyyyy", "yyyy".
        Errors: MalformedField, naming `field`.
        """
        if not text:
            raise MalformedField(field, MISSING)
        found = _SLASHED.fullmatch(text) or _COMPACT.fullmatch(text)
        if found is None:
            raise MalformedField(field, "not a date")
        day, month, year = (None if part is None else int(part) for part in found.groups())
        assert year is not None
        try:
            return cls(year, month, day)
        except MalformedField as why:
            raise MalformedField(field, why.trouble) from None

    @property
    def is_full(self) -> bool:
        """True if the very day is known."""
        return self.day is not None

    def iso(self) -> str:
        """As in "2015-06-01", "2015-06" or "2015"."""
        return "-".join(reversed(self._parts()))

    def shown(self) -> str:
        """As people and the BHYT code write it: "01/06/2015", "06/2015" or "2015"."""
        return "/".join(self._parts())

    def compact(self) -> str:
        """As the CCCD code writes it: "01062015", "062015" or "2015"."""
        return "".join(self._parts())

    def earliest(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def _parts(self) -> list[str]:
        known = [part for part in (self.day, self.month) if part is not None]
        return [*(f"{part:02}" for part in known), f"{self.year:04}"]


def age_on(birthday: date, today: date) -> int:
    """Completed years. Someone born on 29 February turns older on 1 March in common years."""
    return today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day))

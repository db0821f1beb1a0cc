"""Who works at the station: known by a number that the office gives, never by a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.text import MalformedField

_RUNS = ("01234567890123456789", "98765432109876543210")


class Role(StrEnum):
    """What an officer may do; each role also covers those before it."""

    OFFICER = "officer"  # queue, slips printed again, lamps, the panel beside a visit
    SUPERVISOR = "supervisor"  # also overrides, withdrawals, the day's end, export, rehearsal
    ADMINISTRATOR = "administrator"  # also officers and settings

    def covers(self, least: Role) -> bool:
        """Say whether this role may do what is left to `least` and above."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(least)

    @property
    def words(self) -> str:
        """The role as it stands on the screen."""
        return _WORDS[self]


_WORDS = {Role.OFFICER: "Cán bộ", Role.SUPERVISOR: "Phụ trách", Role.ADMINISTRATOR: "Quản trị"}


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who works here. The office knows whose number it is; the station keeps no name.

    Shape:  `number` has 2 to 8 ASCII digits, which the number pad can type and a log may hold.
    Errors: MalformedField.
    """

    number: str
    role: Role

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{2,8}", self.number):
            raise MalformedField("officer number", f"{len(self.number)} characters")


@dataclass(frozen=True, slots=True, repr=False)
class Pin:
    """What an officer alone knows.

    Shape:  6 to 12 ASCII digits, neither one digit over and over nor a run such as 123456 or 210987.
    Errors: MalformedField; the digits themselves reach no log.
    """

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{6,12}", self.digits):
            raise MalformedField("officer pin", f"{len(self.digits)} characters")
        if len(set(self.digits)) == 1 or any(self.digits in run for run in _RUNS):
            raise MalformedField("officer pin", "easily guessed")

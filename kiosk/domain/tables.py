"""Tables that age: provinces, groups and levels we know, ages the law names. Read by kiosk.tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class GroupLevel:
    """The benefit level of a group over a time; either end may be open."""

    level: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """True if the group had this level on that day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True)
class Group:
    """Who a group of insured people is: the two letters a 15-character card number begins with."""

    code: str
    name: str | None
    levels: tuple[GroupLevel, ...]


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages in completed years.

    Shape:  a citizen card is renewed at each of `milestones`; one issued up to `early_years` before a
            milestone holds until the next one.
    """

    adult: int = 18
    parent_gap: int = 13
    milestones: tuple[int, ...] = (14, 25, 40, 60)
    early_years: int = 2


@dataclass(frozen=True, slots=True)
class Tables:
    """All of them.

    Shape:  provinces by three-digit code, groups by their two letters, levels by digit with their meaning.
            An empty table knows everything, so that a station without it doubts no card.
    """

    provinces: dict[str, str] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    ages: Ages = field(default_factory=Ages)

    def lacks_province(self, code: str | None) -> bool:
        """True if there is a code and the table does not have it."""
        return _lacks(self.provinces, code)

    def lacks_group(self, code: str | None) -> bool:
        """True if there is a code and the table does not have it."""
        return _lacks(self.groups, code)

    def lacks_level(self, level: str | None) -> bool:
        """True if there is a level and the table does not have it."""
        return _lacks(self.levels, level)


def _lacks(table: dict[str, str] | dict[str, Group], code: str | None) -> bool:
    return bool(table) and code is not None and code not in table


NO_TABLES = Tables()

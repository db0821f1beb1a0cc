"""The directory of receiving agencies: versioned data, never compiled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kiosk.domain.communes import search_key


class BadDirectory(ValueError):
    """The directory cannot be used; the message names the line's code and what to do."""


@dataclass(frozen=True, slots=True)
class Agency:
    """One BHXH office that receives declarations.

    Shape:  `code` is five digits, three of the province and two of the office; `successor` is the code that
            took over after `valid_to`.
    Source: Công văn 702/BHXH-CNTT (2021) for the shape of the code.
    """

    code: str
    name: str
    province: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    address: str = ""

    def holds_on(self, day: date | None) -> bool:
        """True if it receives on that day; always, while nobody has verified the clock."""
        return day is None or (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True)
class Directory:
    """The offices a declaration can go to, in the order of the file.

    Shape:  `version` travels with every declaration, so that central can remap a code that changed.
    Errors: BadDirectory.
    """

    version: str
    agencies: tuple[Agency, ...]

    def __post_init__(self) -> None:
        codes = [each.code for each in self.agencies]
        for each in self.agencies:
            if not re.fullmatch(r"[0-9]{3,5}", each.code) or not each.name or not each.province:
                raise BadDirectory(f"code {each.code!r}: give code (3 to 5 digits), name and province")
            if codes.count(each.code) > 1:
                raise BadDirectory(f"code {each.code} is there twice; keep one line for each office")
            if each.successor and each.successor not in codes:
                raise BadDirectory(f"code {each.code}: its successor {each.successor} has no line")
        if not self.agencies:
            raise BadDirectory("no office in it")

    def find(self, code: str | None) -> Agency | None:
        """The office with this code, or None."""
        return next((each for each in self.agencies if each.code == code), None)

    def serving(self, code: str | None, day: date | None) -> Agency | None:
        """The office that does its work on that day: itself, or whoever took over."""
        agency = self.find(code)
        for _ in self.agencies:
            if agency is None or agency.holds_on(day):
                return agency
            agency = self.find(agency.successor)
        return None

    def preset(self, hint: str | None, default: str, day: date | None = None) -> Agency | None:
        """What to propose: the card's hint if we know it, else the station's default, else nothing."""
        return self.serving(hint, day) or self.serving(default, day)

    def search(self, text: str, day: date | None = None) -> tuple[Agency, ...]:
        """Offices whose code begins so, or whose name or province has these words, with or without marks."""
        wanted = search_key(text)
        return tuple(each for each in self.agencies if each.holds_on(day) and _fits(each, wanted))


def _fits(agency: Agency, wanted: str) -> bool:
    if wanted.isdigit():
        return agency.code.startswith(wanted)
    words = f" {search_key(agency.name)} {search_key(agency.province)}"
    return all(f" {each}" in words for each in wanted.split())

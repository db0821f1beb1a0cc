"""The directory of receiving agencies: versioned data, never compiled in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """One BHXH office that receives declarations."""

    code: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class Directory:
    """The offices a declaration can go to, in the order of the file.

    Shape: `version` travels with every declaration, so that central can remap a code that changed.
    """

    version: str
    agencies: tuple[Agency, ...]

    def find(self, code: str | None) -> Agency | None:
        """The office with this code, or None."""
        return next((each for each in self.agencies if each.code == code), None)

    def preset(self, hint: str | None, default: str) -> Agency | None:
        """What to propose: the card's hint if we know it, else the station's default, else nothing."""
        return self.find(hint) or self.find(default)

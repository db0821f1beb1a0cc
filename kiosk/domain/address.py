"""Where the agency reaches a person: of today's communes, with what the card prints kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.domain.communes import Commune


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """A contact address.

    Shape:  `street` is house, street, hamlet; `commune` is None where nobody chose one;
            `printed` is what a card says, in the units of its time.
    """

    street: str = ""
    commune: Commune | None = None
    printed: str | None = None

    def shown(self) -> str:
        """In one line, with the units of today where they are known."""
        if self.commune is None:
            return self.printed or self.street
        return ", ".join(filter(None, (self.street, self.commune.shown())))

    def to_json(self) -> dict[str, Any]:
        """For the sealed answers: the line, the codes of today, and what the card prints."""
        commune = self.commune
        return {
            "address": self.shown(),
            "address_street": self.street,
            "commune": commune.code if commune else None,
            "province": commune.province.code if commune else None,
            "address_printed": self.printed,
        }

"""The printed form in words: what stands on which line. sync.paper puts it on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Line = tuple[str, str]
"""A label, and the name of the fact that fills the line; in a filled form the fact itself."""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the form."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The empty form: its words, and which fact goes on which line. Shape: `note` is small print."""

    number: str
    title: str
    subtitle: str
    addressee: str
    note: str
    basis: str
    pledge: str
    signature: str
    head: tuple[Line, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A filled form.

    Shape:  a fact that is not there leaves its line to be dotted; a line without a label is left out then.
            `footer` is what the station adds: receiving agency, receipt code, versions.
    """

    form: PaperForm
    facts: Mapping[str, str]
    place_and_day: str
    footer: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """For the sealed answers and for the page; lines are pairs of label and value."""
        form = self.form
        return {
            "v": 1,
            "number": form.number,
            "title": form.title,
            "subtitle": form.subtitle,
            "note": form.note,
            "place_and_day": self.place_and_day,
            "addressee": form.addressee,
            "head": self._filled(form.head),
            "basis": form.basis,
            "sections": [{"title": each.title, "lines": self._filled(each.lines)} for each in form.sections],
            "pledge": form.pledge,
            "signature": form.signature,
            "signed_by": self.facts.get("signed_by", ""),
            "footer": list(self.footer),
        }

    def _filled(self, lines: tuple[Line, ...]) -> list[list[str]]:
        filled = [[label, self.facts.get(fact, "")] for label, fact in lines]
        return [line for line in filled if any(line)]

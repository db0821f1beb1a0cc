"""Procedures as data: what a form asks for, and its wording with versions. Read from kiosk/data/forms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.steps import Step


class CaptureKind(StrEnum):
    """What is photographed; also the name of the sealed part."""

    BIRTH_CERTIFICATE = "birth-certificate"
    PORTRAIT = "portrait"
    ID_FRONT = "id-front"
    ID_BACK = "id-back"
    ADULT_PORTRAIT = "adult-portrait"

    @property
    def step(self) -> Step:
        """Where in a visit it is taken."""
        return _STEPS[self]

    @property
    def most_pages(self) -> int:
        """A certificate may go on overleaf, or have a note attached; a card and a face are one picture."""
        return 4 if self is CaptureKind.BIRTH_CERTIFICATE else 1


_STEPS = {
    CaptureKind.ID_FRONT: Step.ID_FRONT,
    CaptureKind.ID_BACK: Step.ID_BACK,
    CaptureKind.BIRTH_CERTIFICATE: Step.CERTIFICATE,
    CaptureKind.PORTRAIT: Step.PORTRAIT,
    CaptureKind.ADULT_PORTRAIT: Step.PORTRAIT,
}
CAPTURE_STEPS = tuple(dict.fromkeys(_STEPS.values()))
"""The steps in which something is photographed, in order."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence a visitor sees, in both languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence for "vi" or "en"; Vietnamese for any other."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers."""

    id: str
    name: Wording


@dataclass(frozen=True, slots=True)
class Procedure:
    """One form profile: who may use it, what it asks for, and what the visitor agrees to.

    Source: kiosk/data/forms; a sample until the receiving agency approves its wording.
    """

    id: str
    name: Wording
    form: str
    form_version: str
    consent_version: str
    consent: tuple[Wording, ...]
    pledge_version: str
    pledge: Wording
    captures: tuple[CaptureKind, ...]
    relationships: tuple[Choice, ...]

    def relationship(self, id: str) -> Choice | None:  # noqa: A002 - the word the form uses
        """The relationship with this id, or None."""
        return next((each for each in self.relationships if each.id == id), None)

    def capture_at(self, step: Step) -> CaptureKind | None:
        """What this form wants photographed at this step, or None."""
        return next((kind for kind in self.captures if kind.step is step), None)

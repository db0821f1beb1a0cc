"""Procedures as data: what a form asks for, and its wording with versions. Read from kiosk/data/forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.domain.fields import Field
from kiosk.domain.paper import PaperForm
from kiosk.domain.steps import Step
from kiosk.domain.wording import Choice, Wording


class CaptureKind(StrEnum):
    """What is photographed; also the name of the sealed part."""

    BIRTH_CERTIFICATE = "birth-certificate"
    PORTRAIT = "portrait"
    ID_FRONT = "id-front"
    ID_BACK = "id-back"
    PASSPORT = "passport"
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
    CaptureKind.PASSPORT: Step.ID_FRONT,
    CaptureKind.ID_BACK: Step.ID_BACK,
    CaptureKind.BIRTH_CERTIFICATE: Step.CERTIFICATE,
    CaptureKind.PORTRAIT: Step.PORTRAIT,
    CaptureKind.ADULT_PORTRAIT: Step.PORTRAIT,
}


class About(StrEnum):
    """Whom a declaration is about."""

    CHILD = "child"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Page:
    """One question of a visit.

    Shape:  `name` is unique within a procedure: "contact.phone", "ask/e-mail";
            `when` maps a field to the answers for which the page is asked at all.
    """

    name: str
    step: Step
    field: Field | None = None
    capture: CaptureKind | None = None
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def is_asked(self, answers: Mapping[str, str]) -> bool:
        """True if the answers so far lead here."""
        return all(answers.get(field) in wanted for field, wanted in self.when)


@dataclass(frozen=True, slots=True)
class Bring:
    """What the visitor needs in hand; `drawing` is a file in templates/drawings."""

    drawing: str
    name: Wording


@dataclass(frozen=True, slots=True)
class Procedure:
    """One form profile: who may use it, what it asks for, and what the visitor agrees to.

    Shape:  `one_of`: of each group of fields at least one is answered; "guardian" stands for a scanned card.
            `appear_within_days`: the visitor must come to the agency in person; 0 where nobody must.
    Source: kiosk/data/forms; a sample until the receiving agency approves its wording.
    """

    id: str
    name: Wording
    offer: Wording
    form: str
    form_version: str
    about: About
    consent_version: str
    consent: tuple[Wording, ...]
    pledge_version: str
    pledge: Wording
    saved: Wording
    accepted: Wording
    destination: str
    pages: tuple[Page, ...]
    paper: PaperForm
    relationships: tuple[Choice, ...] = ()
    bring: tuple[Bring, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    appear_within_days: int = 0
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def captures(self) -> tuple[CaptureKind, ...]:
        """Everything that may be photographed, in order."""
        return tuple(page.capture for page in self.pages if page.capture)

    def relationship(self, id: str) -> Choice | None:  # noqa: A002 - the word the form uses
        """The relationship with this id, or None."""
        return next((each for each in self.relationships if each.id == id), None)

    def page(self, name: str) -> Page | None:
        """The page with this name, or None."""
        return next((each for each in self.pages if each.name == name), None)

    def holds_on(self, day: date | None) -> bool:
        """True if the form may be used on that day; always, while nobody has verified the clock."""
        return day is None or (self.valid_from or day) <= day <= (self.valid_to or day)

    def appear_by(self, day: date) -> date | None:
        """The last day to come in person after declaring on `day`; None where nobody must come."""
        return day + timedelta(days=self.appear_within_days) if self.appear_within_days else None


@dataclass(frozen=True, slots=True)
class Procedures:
    """All of them; the first is what most people come for."""

    all: tuple[Procedure, ...]

    @property
    def first(self) -> Procedure:
        """The one that a press of the large button begins."""
        return self.all[0]

    def find(self, id: str) -> Procedure | None:  # noqa: A002
        """The procedure with this id, or None."""
        return next((each for each in self.all if each.id == id), None)

    def offered_on(self, day: date | None) -> tuple[Procedure, ...]:
        """Those that may be begun on that day."""
        return tuple(each for each in self.all if each.holds_on(day))

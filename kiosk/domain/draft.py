"""What has been answered in a visit so far. Every change is a new value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.domain.address import Address
from kiosk.domain.capture import Capture
from kiosk.domain.identity import CitizenCard
from kiosk.domain.phone import MobilePhone
from kiosk.domain.procedures import CaptureKind, Page, Procedure
from kiosk.domain.steps import Step
from kiosk.domain.typed_card import ChildCard


@dataclass(frozen=True, slots=True)
class Consent:
    """The visitor's agreement to the data notice: which wording, in which language, when."""

    version: str
    language: str
    given_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """What no card carries: how the agency reaches the guardian, and whose child it is."""

    phone: MobilePhone | None = None
    relationship: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What has been answered so far. Never leaves the memory of `kiosk serve`.

    Shape:  `guardian` is the card of the adult at the station, whose declaration it is or whose child's;
            `answers` maps the fields of the profile to what was answered, "" where one was passed over.
    """

    procedure: Procedure
    consent: Consent | None = None
    guardian: CitizenCard | None = None
    child: ChildCard | None = None
    contact: Contact = field(default_factory=Contact)
    captures: tuple[Capture, ...] = ()
    agency: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    def route(self) -> tuple[Page, ...]:
        """The pages that the answers so far lead through, in order."""
        return tuple(page for page in self.procedure.pages if page.is_asked(self.answers))

    def unanswered(self) -> tuple[Page, ...]:
        """The pages that still lack an answer, in order; empty when the pledge may be made."""
        return tuple(page for page in self.route() if not self._is_answered(page))

    def may_pass_over(self, page: Page) -> bool:
        """True if this question may be left open.

        Of a group that needs one answer, another member must have it, or be able to give it yet.
        """
        if page.field is None or not page.field.optional:
            return False
        asked = {each.field.id for each in self.route() if each.field}
        for group in self.procedure.one_of:
            if page.field.id in group and not any(
                self._may_answer(each, asked) for each in group if each != page.field.id
            ):
                return False
        return True

    def capture_at(self, step: Step) -> CaptureKind | None:
        """What is to be photographed at this step, or None."""
        return next((page.capture for page in self.route() if page.step is step and page.capture), None)

    def with_answer(self, field_id: str, answer: str) -> Draft:
        """Keep an answer; what hung on another answer to the same question is dropped."""
        changed = replace(self, answers={**self.answers, field_id: answer})
        if answer == self.answers.get(field_id):
            return changed
        dropped = [page for page in self.procedure.pages if field_id in dict(page.when)]
        fields = {page.field.id for page in dropped if page.field}
        kinds = {page.capture for page in dropped}
        scanned = any(page.name == "guardian.show" for page in dropped)
        return replace(
            changed,
            answers={name: value for name, value in changed.answers.items() if name not in fields},
            captures=tuple(each for each in self.captures if each.kind not in kinds),
            guardian=None if scanned else self.guardian,
        )

    def capture(self, kind: CaptureKind, page: int = 1) -> Capture | None:
        """The kept photograph of this kind and page, or None."""
        return next((each for each in self.captures if (each.kind, each.page) == (kind, page)), None)

    def pages(self, kind: CaptureKind) -> int:
        """How many pages of this kind are kept; they have no gaps."""
        return sum(each.kind is kind for each in self.captures)

    def with_capture(self, capture: Capture) -> Draft:
        """Keep a photograph in place of an earlier one of its kind and page."""
        mine = (capture.kind, capture.page)
        others = tuple(each for each in self.captures if (each.kind, each.page) != mine)
        return replace(self, captures=tuple(sorted((*others, capture), key=_in_order)))

    def without_last_page(self, kind: CaptureKind) -> Draft:
        """Drop the last page of a paper; its first stays."""
        last = self.pages(kind)
        kept = tuple(each for each in self.captures if each.kind is not kind or each.page < max(2, last))
        return replace(self, captures=kept)

    def for_another_child(self) -> Draft:
        """Start over with the same guardian, who need not be scanned or asked again."""
        return replace(self, child=None, captures=())

    def missing(self) -> tuple[Step, ...]:
        """The steps that still lack an answer, in order; empty when the pledge may be made."""
        return tuple(dict.fromkeys(page.step for page in self.unanswered()))

    def _is_answered(self, page: Page) -> bool:
        if page.field:
            answer = self.answers.get(page.field.id)
            return bool(answer) or (answer == "" and self.may_pass_over(page))
        if page.capture:
            return self.capture(page.capture) is not None
        answered = {
            "consent.show": self.consent,
            "guardian.show": self.guardian,
            "child.show": self.child,
            "contact.phone": self.contact.phone,
            "contact.relationship": self.contact.relationship,
            "contact.address": self.contact.address,
            "agency.show": self.agency,
        }
        return bool(answered.get(page.name, True))

    def _may_answer(self, other: str, asked: set[str]) -> bool:
        """True if this member of a group is answered, or is still to be asked."""
        if other == "guardian":
            return self.guardian is not None
        return other in asked and self.answers.get(other) != ""


def _in_order(capture: Capture) -> tuple[int, int]:
    return list(CaptureKind).index(capture.kind), capture.page

"""A declaration: the draft in memory, and what the pledge makes of it. Every change is a new value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.domain.card_json import scan_to_json
from kiosk.domain.identity import CitizenCard
from kiosk.domain.insurance import HealthCard, VssidCode
from kiosk.domain.phone import MobilePhone
from kiosk.domain.procedures import CAPTURE_STEPS, CaptureKind, Procedure
from kiosk.domain.steps import Step
from kiosk.domain.typed_card import TypedChild

ChildCard = HealthCard | VssidCode | TypedChild


@dataclass(frozen=True, slots=True)
class Consent:
    """The visitor's agreement to the data notice: which wording, in which language, when."""

    version: str
    language: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Pledge:
    """The visitor's pledge: which wording, in which language, when."""

    version: str
    language: str
    made_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """What no card carries: how the agency reaches the guardian, and whose child it is."""

    phone: MobilePhone | None = None
    relationship: str | None = None
    address: str | None = None


class Kept(StrEnum):
    """Why a photograph was kept."""

    GOOD = "good"
    BEST_OF_TRIES = "best-of-tries"
    """After several failed tries the visitor kept the best of them."""
    STAFF = "staff"
    """An officer kept it and said why."""


@dataclass(frozen=True, slots=True, repr=False)
class Capture:
    """One photograph the visitor kept, as the camera took it.

    Shape: `sheet` is the same paper cut out, square and upright, where its corners were seen. `flaws` are
           codes of what a reviewer would object to; `reason` is the officer's, if one kept it.
    Units: sizes in pixels of the upright picture; pages count from 1.
    """

    kind: CaptureKind
    jpeg: bytes
    width_px: int
    height_px: int
    taken_at: datetime
    page: int = 1
    sheet: bytes | None = None
    flaws: tuple[str, ...] = ()
    kept: Kept = Kept.GOOD
    reason: str = ""

    @property
    def name(self) -> str:
        """What its parts are called: "portrait", "birth-certificate-2"."""
        return self.kind.value if self.page == 1 else f"{self.kind.value}-{self.page}"

    @property
    def parts(self) -> tuple[tuple[str, bytes], ...]:
        """File names and bytes to be sealed: the untouched picture, and the paper cut out of it."""
        still = (f"{self.name}.jpg", self.jpeg)
        return (still,) if self.sheet is None else (still, (f"{self.name}-sheet.jpg", self.sheet))

    @property
    def sha256(self) -> str:
        """Fingerprint of the JPEG bytes, 64 hex digits."""
        return hashlib.sha256(self.jpeg).hexdigest()


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What has been answered so far. Never leaves the memory of `kiosk serve`."""

    procedure: Procedure
    consent: Consent | None = None
    guardian: CitizenCard | None = None
    child: ChildCard | None = None
    contact: Contact = field(default_factory=Contact)
    captures: tuple[Capture, ...] = ()
    agency: str | None = None

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
        contact = self.contact
        answered = {
            Step.CONSENT: self.consent,
            Step.GUARDIAN: self.guardian,
            Step.CHILD: self.child,
            Step.CONTACT: contact.phone and contact.relationship and contact.address,
            **{step: self._captured(step) for step in CAPTURE_STEPS},
            Step.AGENCY: self.agency,
        }
        return tuple(step for step, answer in answered.items() if not answer)

    def _captured(self, step: Step) -> bool:
        kind = self.procedure.capture_at(step)
        return kind is None or self.capture(kind) is not None


def _in_order(capture: Capture) -> tuple[int, int]:
    return list(CaptureKind).index(capture.kind), capture.page


class StepsMissing(ValueError):
    """The draft cannot be pledged yet; the message names the steps."""


@dataclass(frozen=True, slots=True, repr=False)
class Declaration:
    """A pledged draft, ready to be sealed. Nothing in it can change any more."""

    draft: Draft
    pledge: Pledge

    def __post_init__(self) -> None:
        if missing := self.draft.missing():
            raise StepsMissing(", ".join(missing))

    def answers(self) -> dict[str, Any]:
        """Everything but the photographs' bytes, as JSON: the sealed part named "answers".

        Shape: photographs are listed with the sha256 of their JPEGs, so that a part that was
               swapped is noticed after opening, and with what a reviewer would object to.
        """
        draft = self.draft
        consent, guardian, child = draft.consent, draft.guardian, draft.child
        assert consent is not None
        assert guardian is not None
        assert child is not None
        assert draft.contact.phone is not None
        return {
            "v": 1,
            "procedure": draft.procedure.id,
            "form": draft.procedure.form,
            "form_version": draft.procedure.form_version,
            "consent": _agreement(consent.version, consent.language, consent.given_at),
            "pledge": _agreement(self.pledge.version, self.pledge.language, self.pledge.made_at),
            "guardian": scan_to_json(guardian),
            "child": scan_to_json(child),
            "contact": {
                "phone": draft.contact.phone.digits,
                "relationship": draft.contact.relationship,
                "address": draft.contact.address,
            },
            "agency": draft.agency,
            "captures": [_listed(each) for each in draft.captures],
        }


def _agreement(version: str, language: str, at: datetime) -> dict[str, str]:
    return {"version": version, "language": language, "at": at.isoformat(timespec="milliseconds")}


def _listed(capture: Capture) -> dict[str, Any]:
    return {
        "kind": capture.kind.value,
        "page": capture.page,
        "sha256": capture.sha256,
        "sheet_sha256": hashlib.sha256(capture.sheet).hexdigest() if capture.sheet else None,
        "width_px": capture.width_px,
        "height_px": capture.height_px,
        "taken_at": capture.taken_at.isoformat(timespec="milliseconds"),
        "flaws": list(capture.flaws),
        "kept": capture.kept.value,
        "reason": capture.reason or None,
    }

"""A declaration: what the pledge makes of the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.domain.card_json import scan_to_json
from kiosk.domain.draft import Contact, Draft
from kiosk.domain.paper import Paper
from kiosk.domain.procedures import About


@dataclass(frozen=True, slots=True)
class Pledge:
    """The visitor's pledge: which wording, in which language, when."""

    version: str
    language: str
    made_at: datetime


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

    def answers(self, paper: Paper) -> dict[str, Any]:
        """Everything but the photographs' bytes, as JSON: the sealed part named "answers".

        Shape: photographs are listed with the sha256 of their JPEGs, so that a part that was
               swapped is noticed after opening, and with what a reviewer would object to;
               "paper" is the printed form in words.
        """
        draft, consent = self.draft, self.draft.consent
        assert consent is not None
        return {
            "v": 1,
            "procedure": draft.procedure.id,
            "form": draft.procedure.form,
            "form_version": draft.procedure.form_version,
            "destination": draft.procedure.destination,
            "consent": _agreement(consent.version, consent.language, consent.given_at),
            "pledge": _agreement(self.pledge.version, self.pledge.language, self.pledge.made_at),
            **_people(draft),
            "contact": _contact(draft.contact),
            "answers": dict(draft.answers),
            "agency": draft.agency,
            "captures": [each.to_json() for each in draft.captures],
            "paper": paper.to_json(),
        }


def _people(draft: Draft) -> dict[str, Any]:
    card = scan_to_json(draft.guardian) if draft.guardian else None
    if draft.procedure.about is About.ADULT:
        return {"holder": card}
    return {"guardian": card, "child": scan_to_json(draft.child) if draft.child else None}


def _contact(contact: Contact) -> dict[str, Any]:
    phone = contact.phone.digits if contact.phone else None
    address = contact.address.to_json() if contact.address else {"address": None}
    return {"phone": phone, "relationship": contact.relationship, **address}


def _agreement(version: str, language: str, at: datetime) -> dict[str, str]:
    return {"version": version, "language": language, "at": at.isoformat(timespec="milliseconds")}

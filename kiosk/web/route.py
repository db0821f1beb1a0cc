"""The way through a visit: which page follows which, and where a changed answer leads back to."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.domain.procedures import CAPTURE_STEPS
from kiosk.domain.steps import Step
from kiosk.visits import Visit
from kiosk.web.htmx import go_to
from kiosk.web.station import find_visit

PAGES: tuple[tuple[str, Step], ...] = (
    ("check.account", Step.CHECK),
    ("check.card", Step.CHECK),
    ("consent.show", Step.CONSENT),
    ("guardian.show", Step.GUARDIAN),
    ("child.show", Step.CHILD),
    ("contact.phone", Step.CONTACT),
    ("contact.relationship", Step.CONTACT),
    ("contact.address", Step.CONTACT),
    ("id-front.show", Step.ID_FRONT),
    ("id-back.show", Step.ID_BACK),
    ("certificate.show", Step.CERTIFICATE),
    ("portrait.show", Step.PORTRAIT),
    ("agency.show", Step.AGENCY),
    ("review.show", Step.REVIEW),
    ("pledge.show", Step.PLEDGE),
    ("receipt.show", Step.RECEIPT),
)
"""One question per page, in order."""

REVIEW = "review"
"""?from=review: the visitor came to change one answer and returns there. `here` keeps it."""

_ENDPOINTS = [endpoint for endpoint, _ in PAGES]


def onward(page: str, visit: Visit) -> Response:
    """Go to the page after this one, or back to the review that sent the visitor here.

    For another child of the same guardian the contact is known and not asked again.
    """
    if _is_change():
        return go_to("review.show")
    passed = _not_photographed(visit)
    if visit.declared and Step.CONTACT not in visit.draft.missing():
        passed.add(Step.CONTACT)
    following = PAGES[_ENDPOINTS.index(page) + 1 :]
    return go_to(next(endpoint for endpoint, step in following if step not in passed))


def backward(page: str) -> str:
    """The address that "Quay lại" leads to."""
    if _is_change():
        return url_for("review.show")
    visit = find_visit()
    passed = _not_photographed(visit) if visit else set()
    before = [endpoint for endpoint, step in PAGES[: _ENDPOINTS.index(page)] if step not in passed]
    return url_for(before[-1] if before else "start.show")


def here(endpoint: str, **values: Any) -> str:
    """An address of the same step, which remembers that the visitor came from the review."""
    if _is_change():
        values["from"] = REVIEW
    return url_for(endpoint, **values)


def show_again(endpoint: str, **values: Any) -> Response:
    """Show this step's page anew, or another page of the same step."""
    return redirect(here(endpoint, **values), 303)


def resume(visit: Visit | None) -> str:
    """The page a visitor belongs to who asked for one too early or too late."""
    if visit is None:
        return "start.show"
    if visit.given is not None:
        return "receipt.show"
    missing = visit.draft.missing()
    wanted = missing[0] if missing else Step.REVIEW
    if wanted is Step.CONTACT:
        return _unanswered_contact(visit)
    return next(endpoint for endpoint, step in PAGES if step is wanted)


def _unanswered_contact(visit: Visit) -> str:
    contact = visit.draft.contact
    if contact.phone is None:
        return "contact.phone"
    return "contact.address" if contact.relationship else "contact.relationship"


def _not_photographed(visit: Visit) -> set[Step]:
    """The steps of captures that this form does not want."""
    procedure = visit.draft.procedure
    return {step for step in CAPTURE_STEPS if procedure.capture_at(step) is None}


def _is_change() -> bool:
    return request.args.get("from") == REVIEW

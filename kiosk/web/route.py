"""The way through a visit: which page follows which, and where a changed answer leads back to."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.domain.steps import Step
from kiosk.visits import Visit
from kiosk.web.htmx import go_to

PAGES: tuple[tuple[str, Step], ...] = (
    ("check.account", Step.CHECK),
    ("check.card", Step.CHECK),
    ("consent.show", Step.CONSENT),
    ("guardian.show", Step.GUARDIAN),
    ("child.show", Step.CHILD),
    ("contact.phone", Step.CONTACT),
    ("contact.relationship", Step.CONTACT),
    ("contact.address", Step.CONTACT),
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
    known = {Step.CONTACT} if visit.declared and Step.CONTACT not in visit.draft.missing() else set()
    following = PAGES[_ENDPOINTS.index(page) + 1 :]
    return go_to(next(endpoint for endpoint, step in following if step not in known))


def backward(page: str) -> str:
    """The address that "Quay lại" leads to."""
    at = _ENDPOINTS.index(page)
    if _is_change():
        return url_for("review.show")
    return url_for(_ENDPOINTS[at - 1] if at else "start.show")


def here(endpoint: str, **values: Any) -> str:
    """An address of the same step, which remembers that the visitor came from the review."""
    if _is_change():
        values["from"] = REVIEW
    return url_for(endpoint, **values)


def show_again(endpoint: str) -> Response:
    """Show this step's page anew."""
    return redirect(here(endpoint), 303)


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


def _is_change() -> bool:
    return request.args.get("from") == REVIEW

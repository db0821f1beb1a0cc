"""The way through a visit: which page follows which, and where a changed answer leads back to.

A page is known by its name in the profile: "contact.phone" is an endpoint, "ask/e-mail" a question of the
ask screen.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kiosk.domain.procedures import Page
from kiosk.domain.steps import Step
from kiosk.visits import Visit
from kiosk.web.htmx import go_to
from kiosk.web.station import current_visit

REVIEW = "review"
"""?from=review: the visitor came to change one answer and returns there. `here` keeps it."""


def onward(name: str, visit: Visit) -> Response:
    """Go to the page after this one, or back to the review that sent the visitor here.

    A changed answer may open questions that were not asked before: they come first.
    For another child of the same guardian the contact is known and not asked again; an agency that could be
    proposed, and the usual way of handing papers in, stand on the review and are changed there.
    """
    pages = visit.draft.route()
    following = pages[_at(name, pages) + 1 :]
    if _is_change():
        unanswered = visit.draft.unanswered()
        return _go_to_page(unanswered[0].name, **_from_review()) if unanswered else go_to("review.show")
    known = {Step.AGENCY, Step.CONTACT} if visit.declared else {Step.AGENCY}
    known -= set(visit.draft.missing())
    return _go_to_page(next(page.name for page in following if page.step not in known))


def backward(name: str) -> str:
    """The address that "Quay lại" leads to."""
    if _is_change():
        return url_for("review.show")
    pages = current_visit().draft.route()
    at = _at(name, pages)
    return address_of(pages[at - 1].name) if at else url_for("start.show")


def address_of(name: str, **values: Any) -> str:
    """The address of a page of the profile."""
    screen, _, field = name.partition("/")
    return url_for("ask.show", field=field, **values) if field else url_for(screen, **values)


def here(endpoint: str, **values: Any) -> str:
    """An address of the same step, which remembers that the visitor came from the review."""
    return url_for(endpoint, **values, **_from_review())


def show_again(endpoint: str, **values: Any) -> Response:
    """Show this step's page anew, or another page of the same step."""
    return redirect(here(endpoint, **values), 303)


def resume(visit: Visit | None) -> str:
    """The address of the page a visitor belongs to who asked for one too early or too late."""
    if visit is None:
        return url_for("start.show")
    if visit.given is not None:
        return url_for("receipt.show")
    unanswered = visit.draft.unanswered()
    return address_of(unanswered[0].name) if unanswered else url_for("review.show")


def known_page(path: str) -> str:
    """A page of ours to go back to; anything else becomes the start page."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return url_for("start.show")
    return path


def _go_to_page(name: str, **values: Any) -> Response:
    return redirect(address_of(name, **values), 303)


def _at(name: str, pages: tuple[Page, ...]) -> int:
    return next((at for at, page in enumerate(pages) if page.name == name), len(pages))


def _from_review() -> dict[str, Any]:
    return {"from": REVIEW} if _is_change() else {}


def _is_change() -> bool:
    return request.args.get("from") == REVIEW

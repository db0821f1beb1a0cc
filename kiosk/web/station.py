"""What a view may reach for: the station, and the visit of the browser that asks."""

from __future__ import annotations

from flask import Flask, current_app, g, request

from kiosk.domain.procedures import Page
from kiosk.domain.steps import Step
from kiosk.problems.visit import StepSkipped, VisitEnded
from kiosk.shifts import Shift
from kiosk.station import Station
from kiosk.visits import Settings, Visit

COOKIE = "kiosk_visit"
"""Cookies ignore ports: central's page on the same host must use another name."""

SHIFT_COOKIE = "kiosk_shift"
"""An officer's, beside the visitor's: each ends without the other."""

WISHES = {
    "size": ("normal", "large", "largest"),
    "contrast": ("normal", "high"),
    "typing": ("direct", "telex", "vni"),
    "speech": ("off", "on"),
    "reach": ("normal", "low"),
    "hand": ("right", "left"),
}
"""What a visitor may choose of the screen besides the language, the usual first."""


def station() -> Station:
    """The station this application belongs to."""
    at_work: Station = current_app.extensions["station"]
    return at_work


def find_visit() -> Visit | None:
    """The visit of this browser, if it is under way."""
    return station().visits.get(request.cookies.get(COOKIE))


def find_shift() -> Shift | None:
    """The shift of the officer who logged in on this browser, if it is under way."""
    return station().shifts.get(request.cookies.get(SHIFT_COOKIE))


def is_assisted() -> bool:
    """True where an officer always sits beside the visitor."""
    return station().config.station.mode == "assisted"


def keep_shift() -> None:
    """A touch on a page that is not the officer's own.

    It keeps the officer logged in only where one sits beside: elsewhere the visitor may be alone by now.
    """
    shift = find_shift()
    if shift is not None and (is_assisted() or find_visit() is None):
        station().shifts.touch(shift)


def current_visit() -> Visit:
    """The visit of this browser, kept alive by this request unless the page asked by itself.

    It is this request's alone until the answer is made: of two presses one comes after the other.
    Errors: VisitEnded.
    """
    visit = find_visit()
    if visit is None:
        raise VisitEnded(request.endpoint or "")
    if "HX-Poll" not in request.headers:
        station().visits.touch(visit)
        keep_shift()
    shift = find_shift()
    if shift is not None:
        visit.operator = shift.officer
    visit.lock.acquire()
    g.setdefault("held", []).append(visit.lock)
    return visit


def visit_at(step: Step) -> Visit:
    """The visit, which has answered everything that comes before this step and has not pledged yet.

    Errors: VisitEnded, StepSkipped.
    """
    visit = current_visit()
    first = next((page for page in visit.draft.route() if page.step is step), None)
    return _visit_up_to(visit, first, step.value)


def visit_at_page(name: str) -> tuple[Visit, Page]:
    """The same for one page of the profile, such as "ask/e-mail".

    Errors: VisitEnded, StepSkipped: also for a page that the answers so far do not lead through.
    """
    visit = current_visit()
    page = next((page for page in visit.draft.route() if page.name == name), None)
    if page is None:
        raise StepSkipped(name)
    return _visit_up_to(visit, page, name), page


def _visit_up_to(visit: Visit, page: Page | None, name: str) -> Visit:
    pages, unanswered = visit.draft.route(), visit.draft.unanswered()
    if visit.given is not None or page is None:
        raise StepSkipped(name)
    if unanswered and pages.index(unanswered[0]) < pages.index(page):
        raise StepSkipped(name)
    return visit


def settings() -> Settings:
    """How this visitor wants the screen: kept with the visit, before one in the address."""
    visit = find_visit()
    if visit is not None:
        return visit.settings
    return Settings(**{name: _one_of(known, request.args.get(name)) for name, known in wishes().items()})


def languages() -> dict[str, str]:
    """The languages there are, each in its own words; Vietnamese first."""
    known: dict[str, str] = current_app.extensions["languages"]
    return known


def wishes() -> dict[str, tuple[str, ...]]:
    """Everything a visitor may choose of the screen."""
    return {"language": tuple(languages()), **WISHES}


def release_on(app: Flask) -> None:
    """Give the visit's lock back when the request is over, however it went."""

    @app.teardown_request
    def release(_why: BaseException | None) -> None:
        for lock in g.pop("held", []):
            lock.release()


def _one_of(known: tuple[str, ...], wanted: str | None) -> str:
    return wanted if wanted in known else known[0]

"""The receiving agency."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.answer import choose_agency
from kiosk.domain.agencies import Agency
from kiosk.domain.steps import Step
from kiosk.problems.answers import AgencyUnknown
from kiosk.web.htmx import Idle, screen
from kiosk.web.route import backward, here, onward, show_again
from kiosk.web.station import station, visit_at

bp = Blueprint("agency", __name__, url_prefix="/agency")


@bp.get("/")
def show() -> Response:
    """Propose the preset, or show what was chosen."""
    visit = visit_at(Step.AGENCY)
    return screen(
        "agency/page.html",
        step=Step.AGENCY,
        agency=station().directory.find(visit.draft.agency),
        here=here("agency.keep"),
        choose=here("agency.choose"),
        back=backward("agency.show"),
    )


@bp.post("/")
def keep() -> AnyResponse:
    """Send the declaration there."""
    visit = visit_at(Step.AGENCY)
    choose_agency(station(), visit, request.form.get("agency", ""))
    return onward("agency.show", visit)


@bp.get("/choose")
def choose() -> Response:
    """Show the directory."""
    return _choose(station().directory.search("", station().verified_day()), back=here("agency.show"))


@bp.get("/search")
def search() -> Response:
    """Ask for a name or a code."""
    visit_at(Step.AGENCY)
    return _search("")


@bp.post("/search")
def found() -> Response:
    """Show what has this name, with or without marks, or begins with this code."""
    typed = request.form.get("name", "")
    agencies = station().directory.search(typed, station().verified_day())
    if not agencies:
        visit_at(Step.AGENCY)
        return _search(typed, status=AgencyUnknown.status)
    return _choose(agencies, back=here("agency.search"))


@bp.post("/choose")
def chosen() -> AnyResponse:
    """Take another agency, and show it once more."""
    visit = visit_at(Step.AGENCY)
    choose_agency(station(), visit, request.form.get("agency", ""))
    return show_again("agency.show")


def _choose(agencies: tuple[Agency, ...], *, back: str) -> Response:
    visit = visit_at(Step.AGENCY)
    return screen(
        "agency/choose.html",
        step=Step.AGENCY,
        idle=Idle.CAMERA,
        agencies=agencies,
        chosen=visit.draft.agency,
        here=here("agency.chosen"),
        search=here("agency.search"),
        back=back,
    )


def _search(text: str, status: int = 200) -> Response:
    return screen(
        "agency/search.html",
        step=Step.AGENCY,
        idle=Idle.CAMERA,
        status=status,
        text=text,
        problem="" if status == 200 else AgencyUnknown.vi,
        here=here("agency.found"),
        back=here("agency.choose"),
    )

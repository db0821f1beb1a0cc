"""The receiving agency."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.answer import choose_agency
from kiosk.domain.steps import Step
from kiosk.web.htmx import screen
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
    visit = visit_at(Step.AGENCY)
    return screen(
        "agency/choose.html",
        step=Step.AGENCY,
        agencies=station().directory.agencies,
        chosen=visit.draft.agency,
        here=here("agency.chosen"),
        back=here("agency.show"),
    )


@bp.post("/choose")
def chosen() -> AnyResponse:
    """Take another agency, and show it once more."""
    visit = visit_at(Step.AGENCY)
    choose_agency(station(), visit, request.form.get("agency", ""))
    return show_again("agency.show")

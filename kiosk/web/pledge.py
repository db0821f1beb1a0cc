"""The pledge: before it nothing is on a disk, after it everything is."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.submit import submit
from kiosk.domain.steps import Step
from kiosk.web.htmx import Idle, go_to, screen
from kiosk.web.route import backward
from kiosk.web.station import current_visit, station, visit_at

bp = Blueprint("pledge", __name__, url_prefix="/pledge")


@bp.get("/")
def show() -> Response:
    """Show the pledge and what it means."""
    visit = visit_at(Step.PLEDGE)
    agency = station().directory.find(visit.draft.agency)
    return screen(
        "pledge/page.html",
        step=Step.PLEDGE,
        idle=Idle.READING,
        pledge=visit.draft.procedure.pledge,
        agency=agency.name if agency else "",
        back=backward("pledge.show"),
    )


@bp.post("/")
def make() -> AnyResponse:
    """Seal and save. Pressing again gives the same receipt."""
    submit(station(), current_visit())
    return go_to("receipt.show")

"""The data notice: agreed to before anything is scanned; refusing ends the visit."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.answer import agree
from kiosk.actions.leave import leave
from kiosk.domain.steps import Step
from kiosk.problems.answers import ChoiceMissing
from kiosk.web.htmx import Idle, go_to, screen
from kiosk.web.route import backward, onward
from kiosk.web.station import COOKIE, station, visit_at

bp = Blueprint("consent", __name__, url_prefix="/consent")


@bp.get("/")
def show() -> Response:
    """Show what is recorded, who can open it and how long it stays."""
    visit = visit_at(Step.CONSENT)
    return screen(
        "consent/page.html",
        step=Step.CONSENT,
        idle=Idle.READING,
        sentences=visit.draft.procedure.consent,
        back=backward("consent.show"),
    )


@bp.post("/")
def answer() -> AnyResponse:
    """Record the consent with its wording, or forget the visit."""
    visit = visit_at(Step.CONSENT)
    given = request.form.get("answer")
    if given == "no":
        leave(station(), visit.id)
        response = go_to("consent.refused")
        response.delete_cookie(COOKIE)
        return response
    if given != "yes":
        raise ChoiceMissing("consent")
    agree(station(), visit)
    return onward("consent.show", visit)


@bp.get("/refused")
def refused() -> Response:
    """Nothing was stored."""
    return screen("consent/refused.html")

"""Rehearsal: the officer begins a visit that nothing comes of, with an invented family."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.begin import begin_rehearsal
from kiosk.domain.officers import Role
from kiosk.web.htmx import screen
from kiosk.web.shift import reserve
from kiosk.web.start import go_in, offers
from kiosk.web.station import settings, station

bp = Blueprint("rehearsal", __name__, url_prefix="/officer/rehearsal")
reserve(bp, Role.SUPERVISOR)


@bp.get("/")
def show() -> Response:
    """Say what a rehearsal is, and which procedures there are to rehearse."""
    under_way = station().visits.under_way
    return screen(
        "officer/rehearsal.html",
        procedures=(station().procedures.first, *offers()),
        occupied=under_way is not None and not under_way.is_rehearsal,
    )


@bp.post("/")
def begin() -> AnyResponse:
    """Begin one; it ends by leaving, as every visit does."""
    return go_in(begin_rehearsal(station(), settings(), request.form.get("procedure", "")))

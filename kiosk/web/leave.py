"""Leaving, staying, and calling for help: what is offered on every screen."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.leave import leave as forget
from kiosk.web.htmx import go_to, screen, wants_part
from kiosk.web.route import resume
from kiosk.web.station import (
    COOKIE,
    SHIFT_COOKIE,
    find_shift,
    find_visit,
    is_assisted,
    keep_shift,
    station,
)

bp = Blueprint("leave", __name__)


@bp.post("/leave")
def leave() -> AnyResponse:
    """Forget the visit and load the start page afresh, so that the browser forgets it too.

    Cookies are not in the header's list: they ignore ports, and central's may live beside ours.
    """
    visit, shift = find_visit(), find_shift()
    forget(station(), visit.id if visit else None)
    response: AnyResponse = go_to("start.show")
    if wants_part():
        response = Response(headers={"HX-Redirect": url_for("start.show")})
    response.vary.add("HX-Request")
    response.delete_cookie(COOKIE)
    if shift is not None and not is_assisted():  # an officer who helped this visitor, not the next
        station().shifts.end(shift)
        response.delete_cookie(SHIFT_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.post("/stay")
def stay() -> Response:
    """The visitor touched the screen or asked for more time."""
    visit = find_visit()
    if visit is not None:
        station().visits.touch(visit)
    keep_shift()
    return Response(status=204)


@bp.get("/help")
def help() -> Response:  # noqa: A001 - the screen's word
    """Say how to find somebody; with scripts the same comes as an overlay."""
    return screen("leave/help.html", back=resume(find_visit()))

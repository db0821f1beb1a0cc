"""The day's end: what came in today, and a slip that says so."""

from __future__ import annotations

import io

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.compose_day_slip import compose_day_slip
from kiosk.actions.count_day import Day, count_day
from kiosk.checkout import FONTS
from kiosk.domain.officers import Role
from kiosk.web.htmx import go_to, screen
from kiosk.web.own_slip import shown
from kiosk.web.shift import reserve
from kiosk.web.station import station

bp = Blueprint("day", __name__, url_prefix="/officer/day")
reserve(bp, Role.SUPERVISOR)


@bp.get("/")
def show() -> Response:
    """Show the day, the slip as it would be printed, and how far one has come that was asked for."""
    return screen(
        "officer/day.html",
        day=_today(),
        picture=url_for("day.picture", at=round(station().now().timestamp())),
        **shown(request.args.get("slip", "")),
    )


@bp.get("/slip.png")
def picture() -> Response:
    """The slip as the station's printer would print it now."""
    from hardware.slip import draw_slip  # noqa: PLC0415 - the first page draws no paper

    at_work = station()
    slip = compose_day_slip(at_work, _today(), at_work.now())
    drawn = draw_slip(slip, at_work.config.printer.width_dots, FONTS)
    data = io.BytesIO()
    drawn.save(data, "PNG")
    return Response(data.getvalue(), mimetype="image/png")


@bp.post("/")
def send() -> AnyResponse:
    """Print the slip; once or as often as it is wanted."""
    slip = compose_day_slip(station(), _today(), station().now())
    station().spooler.submit_own(slip)
    return go_to("day.show", slip=slip.name)


def _today() -> Day:
    return count_day(station().db_path, at=station().now())

"""/heartbeat: the page says that it lives, and `kiosk browse` asks whether it did."""

from __future__ import annotations

import re
from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from kiosk.web.station import station

_SCREEN = re.compile(r"[a-z][a-z._-]{0,63}")

bp = Blueprint("heartbeat", __name__, url_prefix="/heartbeat")


@bp.post("/")
def beat() -> Response:
    """The page's sign of life. It is no touch: nobody stays longer for it."""
    screen = request.form.get("screen", "")
    station().pulse.beat(screen if _SCREEN.fullmatch(screen) else "")
    return Response(status=204)


@bp.get("/")
def beats() -> Response:
    """How often it beat, and on which screen. Shape: {"count": int, "screen": str}."""
    return jsonify(asdict(station().pulse.beats))

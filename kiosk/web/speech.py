"""What the screen says aloud, for those who turned it on. The text comes in a body, never in an address."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, send_file

from kiosk.actions.speak import recorded_prompt, speak
from kiosk.web.station import settings, station

bp = Blueprint("speech", __name__, url_prefix="/speech")


@bp.get("/recorded/<screen>")
def recorded(screen: str) -> Response:
    """The recorded prompt of a screen, if the office made one."""
    prompt = recorded_prompt(station(), screen, settings().language)
    if prompt is None:
        return Response(status=204)
    return send_file(prompt)


@bp.post("/")
def aloud() -> Response:
    """The text in the station's own voice."""
    text = request.form.get("text", "").strip()
    if not text:
        abort(400)
    return Response(speak(station(), text, settings().language), mimetype="audio/wav")

"""/panel.css: the one thing the style sheets cannot know, how many pixels this panel has in a millimetre."""

from __future__ import annotations

from flask import Blueprint, Response

from kiosk.web.station import station

bp = Blueprint("panel", __name__)


@bp.get("/panel.css")
def css() -> Response:
    """A style sheet of one line; inline styles are forbidden."""
    return Response(f":root{{--mm:{station().config.screen.px_per_mm}px}}\n", mimetype="text/css")

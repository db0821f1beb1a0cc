"""/panel.css: the one thing the style sheets cannot know, how many pixels this panel has in a millimetre."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kiosk.web.shelf import ASKED_AGAIN, KEPT
from kiosk.web.station import station

bp = Blueprint("panel", __name__)


@bp.get("/panel.css")
def css() -> Response:
    """A style sheet of one line; inline styles are forbidden."""
    wide = f"{station().config.screen.px_per_mm}"
    kept = KEPT if request.args.get("v") == wide else ASKED_AGAIN
    return Response(f":root{{--mm:{wide}px}}\n", mimetype="text/css", headers={"Cache-Control": kept})

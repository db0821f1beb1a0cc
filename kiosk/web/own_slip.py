"""How far a slip of the officer's own has come: the page asks until it is printed, or why not is known."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from kiosk.domain.troubles import in_words
from kiosk.web.htmx import part
from kiosk.web.station import station

bp = Blueprint("own_slip", __name__, url_prefix="/officer/slips")


@bp.get("/<name>")
def show(name: str) -> Response:
    """Its state, if that has changed since the page asked last."""
    own = station().spooler.own(name)
    if own is None or own.state == request.args.get("shown"):
        return Response(status=204)
    return part("officer/_own_slip.html", **shown(name))


def shown(name: str) -> dict[str, Any]:
    """What officer/_own_slip.html needs; `own` is None where no such slip was ordered since the start."""
    own = station().spooler.own(name)
    return {"name": name, "own": own, "why": in_words(own.trouble) if own else ""}

"""How far a slip of the officer's own has come: the page asks until it is printed, or why not is known."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from kiosk.domain.troubles import in_words
from kiosk.store.print_jobs import PrintState
from kiosk.web.htmx import part
from kiosk.web.station import station

bp = Blueprint("own_slip", __name__, url_prefix="/officer/slips")


@bp.get("/<name>")
def show(name: str) -> Response:
    """Its state, if that has changed since the page asked last."""
    slip = shown(name)
    if slip["print"] in (None, request.args.get("shown")):
        return Response(status=204)
    return part("officer/_own_slip.html", **slip)


def shown(name: str) -> dict[str, Any]:
    """What officer/_own_slip.html needs; `print` is None where no such slip was ordered since the start."""
    own = station().spooler.own(name)
    return {
        "name": name,
        "print": coming_along(own.state) if own else None,
        "why": in_words(own.trouble) if own else "",
    }


def coming_along(state: str) -> str:
    """A PrintState as a page shows it: "stuck" while a slip may still come and the printer stands still."""
    may_come = state in (PrintState.WAITING, PrintState.PRINTING)
    return "stuck" if may_come and station().devices.printer.is_stuck else state

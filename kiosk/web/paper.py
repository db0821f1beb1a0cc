"""The printed form: looked at before the pledge or after it, and printed where there is an A4 printer."""

from __future__ import annotations

from flask import Blueprint, Response, abort, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.draw_form import draw_form, print_form
from kiosk.domain.steps import Step
from kiosk.visits import Visit
from kiosk.web.htmx import Idle, screen
from kiosk.web.station import current_visit, station

bp = Blueprint("paper", __name__, url_prefix="/paper")


@bp.get("/")
def show() -> Response:
    """Show the pages as pictures."""
    return _show(current_visit())


@bp.get("/<int:number>.png")
def page(number: int) -> Response:
    """One page, from memory."""
    pages = draw_form(station(), current_visit()).pages
    if not 1 <= number <= len(pages):
        abort(404)
    return Response(pages[number - 1], mimetype="image/png")


@bp.post("/print")
def send() -> AnyResponse:
    """Print it on A4."""
    visit = current_visit()
    print_form(station(), visit)
    return _show(visit, sent=True)


def _show(visit: Visit, *, sent: bool = False) -> Response:
    pages = draw_form(station(), visit).pages
    return screen(
        "paper/page.html",
        step=Step.RECEIPT if visit.given else Step.REVIEW,
        idle=Idle.READING,
        pages=[url_for("paper.page", number=number) for number in range(1, len(pages) + 1)],
        note=visit.draft.procedure.paper.note,
        can_print=station().devices.pages is not None,
        sent=sent,
        back=url_for("receipt.show" if visit.given else "review.show"),
    )

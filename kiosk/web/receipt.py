"""The receipt: safe on the disk, code and PIN, and whether the paper came."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.compose_slip import deadline_words
from kiosk.actions.leave import another_child
from kiosk.domain.steps import Step
from kiosk.problems.visit import StepSkipped
from kiosk.store import print_jobs
from kiosk.store.print_jobs import PrintState
from kiosk.visits import Given
from kiosk.web.htmx import Idle, go_to, part, screen
from kiosk.web.own_slip import coming_along
from kiosk.web.station import current_visit, settings, station
from kiosk.web.wording import moment
from sync.durable import open_db

bp = Blueprint("receipt", __name__, url_prefix="/receipt")


@bp.get("/")
def show() -> Response:
    """Show what the paper says, for when there is no paper."""
    given = _given()
    procedure = current_visit().draft.procedure
    agency, promised = station().directory.find(given.agency), station().config.receipt.promised
    return screen(
        "receipt/page.html",
        step=Step.RECEIPT,
        idle=Idle.READING,
        code=given.qr.code.shown(),
        pin=given.pin,
        sealed_at=moment(given.sealed_at),
        agency=agency.name if agency else given.agency,
        result_after=promised.in_language(settings().language),
        procedure=procedure,
        deadline=deadline_words(station(), procedure, datetime.fromisoformat(given.sealed_at)),
        print=_print_state(given),
        qr=_qr(given),
    )


@bp.get("/printing")
def printing() -> Response:
    """How the slip is coming along, if that has changed since the page asked last."""
    given = _given()
    state = _print_state(given)
    if state == request.args.get("shown"):
        return Response(status=204)
    return part("receipt/_print.html", print=state, qr=_qr(given))


@bp.post("/another")
def another() -> AnyResponse:
    """Declare another child of the same guardian."""
    another_child(current_visit())
    return go_to("child.show")


def _given() -> Given:
    visit = current_visit()
    if visit.given is None:
        raise StepSkipped("no receipt yet")
    return visit.given


def _print_state(given: Given) -> str:
    if given.own is not None:
        return coming_along(given.own.state)
    with open_db(station().db_path) as db:
        job = print_jobs.get(db, given.uuid)
    state = job.state if job else PrintState.FAILED.value
    if state == PrintState.PRINTED and not station().config.printer.can_tell:
        state = PrintState.INTERRUPTED.value  # handed over: the visitor sees whether paper came
    return coming_along(state)


def _qr(given: Given) -> Markup:
    import segno  # noqa: PLC0415 - the first page needs none

    code = segno.make(given.qr.to_qr(), error="m", micro=False)
    # segno writes nothing but numbers and fixed words into this.
    return Markup(code.svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704

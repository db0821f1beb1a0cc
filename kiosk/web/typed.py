"""What guardian and child share where a card must be typed: one question on a page, its answer kept."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.type_card import FIELDS, type_field
from kiosk.domain.dates import PartialDate
from kiosk.domain.steps import Step
from kiosk.problems import Problem
from kiosk.visits import Visit
from kiosk.web.htmx import Idle, screen
from kiosk.web.route import here, show_again
from kiosk.web.station import visit_at


def ask(step: Step, field: str) -> Response:
    """Show the question, with the answer given before."""
    visit = visit_at(step)
    return _page(step, _known(field), _kept(visit, step, field), "", status=200)


def take(step: Step, field: str) -> AnyResponse:
    """Keep the answer and ask the next one; after the last, show the whole card."""
    visit = visit_at(step)
    text = request.form.get(field, "")
    try:
        type_field(visit, step, _known(field), text)
    except Problem as problem:
        return _page(step, field, text, problem.vi, status=problem.status)
    following = FIELDS[FIELDS.index(field) + 1 :]
    if following:
        return go_to_field(step, following[0])
    return show_again(f"{step}.show")


def go_to_field(step: Step, field: str) -> AnyResponse:
    """Ask for one of the fields."""
    return show_again(f"{step}.typed", field=field)


def _page(step: Step, field: str, text: str, problem: str, *, status: int) -> Response:
    before = FIELDS[: FIELDS.index(field)]
    return screen(
        f"{step}/typed_{field}.html",
        step=step,
        idle=Idle.CAMERA,
        status=status,
        text=text,
        problem=problem,
        here=here(f"{step}.take_typed", field=field),
        back=here(f"{step}.typed", field=before[-1]) if before else here(f"{step}.show", again=1),
    )


def _kept(visit: Visit, step: Step, field: str) -> str:
    value = visit.typed.get((step, field), "")
    if isinstance(value, PartialDate):
        return value.shown()
    return value if isinstance(value, str) else value.digits


def _known(field: str) -> str:
    if field not in FIELDS:
        abort(404)
    return field

"""One question of the form profile on a page: how it is put and read is the field's own business."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.answer import give_answer
from kiosk.domain.fields import FieldKind
from kiosk.domain.procedures import Page
from kiosk.problems.answers import AnswerWrong, ChoiceMissing
from kiosk.visits import Visit
from kiosk.web.htmx import Idle, screen
from kiosk.web.route import backward, here, onward
from kiosk.web.station import station, visit_at_page

bp = Blueprint("ask", __name__, url_prefix="/ask")


@bp.get("/<field>")
def show(field: str) -> Response:
    """Put the question, with what was answered before."""
    visit, page = visit_at_page(f"ask/{field}")
    assert page.field is not None
    return _ask(visit, page, page.field.shown(visit.draft.answers.get(field, "")))


@bp.post("/<field>")
def answer(field: str) -> AnyResponse:
    """Take the answer, or say at the field what is wrong with it."""
    visit, page = visit_at_page(f"ask/{field}")
    typed = "" if "pass" in request.form else request.form.get("answer", "")
    assert page.field is not None
    try:
        give_answer(station(), visit, page, typed)
    except (AnswerWrong, ChoiceMissing) as wrong:
        rule = page.field.rule.in_language(visit.settings.language)
        return _ask(visit, page, typed, problem=rule, status=wrong.status)
    return onward(page.name, visit)


def _ask(visit: Visit, page: Page, shown: str, *, problem: str = "", status: int = 200) -> Response:
    field = page.field
    assert field is not None
    is_choice = field.kind is FieldKind.CHOICE
    return screen(
        "ask/choice.html" if is_choice else "ask/page.html",
        step=page.step,
        idle=Idle.PAGE if is_choice else Idle.CAMERA,  # typing a name takes its time
        status=status,
        field=field,
        chosen=visit.draft.answers.get(field.id),
        answer=shown,
        problem=problem,
        may_pass_over=visit.draft.may_pass_over(page),
        here=here("ask.answer", field=field.id),
        back=backward(page.name),
    )

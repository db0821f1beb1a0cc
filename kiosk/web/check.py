"""What to bring, and questions before anything is scanned, so that nobody finds out at the end."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.compose_slip import deadline_words
from kiosk.domain.steps import Step
from kiosk.problems.answers import ChoiceMissing
from kiosk.web.htmx import Idle, go_to, screen
from kiosk.web.route import backward, here, onward
from kiosk.web.start import offers
from kiosk.web.station import station, visit_at

bp = Blueprint("check", __name__, url_prefix="/check")


@bp.get("/bring")
def bring() -> Response:
    """Say what this procedure needs in hand, and until when somebody must come to the agency."""
    visit = visit_at(Step.CHECK)
    procedure = visit.draft.procedure
    return screen(
        "check/bring.html",
        step=Step.CHECK,
        idle=Idle.READING,
        procedure=procedure,
        deadline=deadline_words(station(), procedure, station().now()),
        forward=here("check.ready"),
        back=backward("check.bring"),
    )


@bp.post("/bring")
def ready() -> AnyResponse:
    """Everything is at hand."""
    return onward("check.bring", visit_at(Step.CHECK))


@bp.get("/account")
def account() -> Response:
    """Ask for the guardian's own account."""
    return _ask("check.account", "check/account.html")


@bp.post("/account")
def answer_account() -> AnyResponse:
    """Go on, or show what to do without one."""
    return _answered("check.account", otherwise="check.no_account")


@bp.get("/no-account")
def no_account() -> Response:
    """Say what an adult without an account can do."""
    visit_at(Step.CHECK)
    return screen(
        "check/no_account.html",
        step=Step.CHECK,
        idle=Idle.READING,
        offers=offers("adult-registration", "child-directly"),
        here=here("check.answer_account"),
        back=here("check.account"),
    )


@bp.get("/card")
def card() -> Response:
    """Ask for the child's card."""
    return _ask("check.card", "check/card.html")


@bp.post("/card")
def answer_card() -> AnyResponse:
    """Go on, or show what to do without one."""
    return _answered("check.card", otherwise="check.no_card")


@bp.get("/no-card")
def no_card() -> Response:
    """Say what can be done for a child without a number."""
    visit_at(Step.CHECK)
    return screen(
        "check/no_card.html",
        step=Step.CHECK,
        idle=Idle.READING,
        offers=offers("adult-registration"),
        back=here("check.card"),
    )


def _ask(page: str, template: str) -> Response:
    visit_at(Step.CHECK)
    return screen(template, step=Step.CHECK, here=request.path, back=backward(page))


def _answered(page: str, otherwise: str) -> AnyResponse:
    visit = visit_at(Step.CHECK)
    answer = request.form.get("answer")
    if answer == "no":
        return go_to(otherwise)
    if answer != "yes":
        raise ChoiceMissing(page)
    visit.checked |= {page}
    return onward(page, visit)

"""Two questions before anything is scanned, so that nobody finds out at the end."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.steps import Step
from kiosk.problems import ChoiceMissing
from kiosk.web.htmx import Idle, go_to, screen
from kiosk.web.route import backward, here, onward
from kiosk.web.station import visit_at

bp = Blueprint("check", __name__, url_prefix="/check")


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
    back = here("check.account")
    return screen("check/no_account.html", step=Step.CHECK, idle=Idle.READING, back=back)


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
    back = here("check.card")
    return screen("check/no_card.html", step=Step.CHECK, idle=Idle.READING, back=back)


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

"""The child's health-insurance card."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.actions.scan_card import confirm_child, look_for_child
from kiosk.domain.steps import Step
from kiosk.domain.typed_card import ChildCard, TypedChild
from kiosk.web.findings import of_card
from kiosk.web.looking import look_once, send_sighting, show_camera, show_card
from kiosk.web.route import backward, here, onward, show_again
from kiosk.web.station import station, visit_at
from kiosk.web.typed import ask, take

bp = Blueprint("child", __name__, url_prefix="/child")


@bp.get("/")
def show() -> Response:
    """Show what was read; the camera, if nothing was or if it shall be read again."""
    visit = visit_at(Step.CHILD)
    card = visit.seen if isinstance(visit.seen, ChildCard) else visit.draft.child
    if card is None or "again" in request.args:
        return show_camera(
            "child/page.html",
            Subject.HEALTH_CARD,
            step=Step.CHILD,
            look=here("child.look"),
            typed=here("child.typed", field="name"),
            back=here("child.show") if card else backward("child.show"),
        )
    return show_card(visit, Step.CHILD, card, typed=isinstance(card, TypedChild), findings=of_card(card))


@bp.post("/look")
def look() -> AnyResponse:
    """One look through the camera."""
    visit = visit_at(Step.CHILD)

    def find() -> AnyResponse:
        look_for_child(station(), visit)
        return show_again("child.show")

    return look_once(find, Subject.HEALTH_CARD)


@bp.get("/typed/<field>")
def typed(field: str) -> Response:
    """Ask for what is printed on the card, for whoever's code cannot be read."""
    return ask(Step.CHILD, field)


@bp.post("/typed/<field>")
def take_typed(field: str) -> AnyResponse:
    """Take one answer."""
    return take(Step.CHILD, field)


@bp.get("/seen.jpg")
def picture() -> Response:
    """The frame in which the card was read."""
    return send_sighting()


@bp.post("/")
def confirm() -> AnyResponse:
    """The card was read right."""
    visit = visit_at(Step.CHILD)
    if visit.seen is not None or visit.draft.child is None:
        confirm_child(station(), visit)
    return onward("child.show", visit)

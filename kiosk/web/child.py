"""The child's health-insurance card."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.actions.scan_card import confirm_child, look_for_child
from kiosk.domain.declaration import ChildCard
from kiosk.domain.steps import Step
from kiosk.domain.typed_card import TypedChild
from kiosk.web.findings import of_card
from kiosk.web.htmx import Idle, screen
from kiosk.web.looking import look_once, send_sighting
from kiosk.web.route import backward, here, onward, show_again
from kiosk.web.station import station, visit_at
from kiosk.web.typed import ask, take

bp = Blueprint("child", __name__, url_prefix="/child")


@bp.get("/")
def show() -> Response:
    """Show what was read; the camera, if nothing was or if it shall be read again."""
    visit = visit_at(Step.CHILD)
    fresh = isinstance(visit.seen, ChildCard)
    card = visit.seen if isinstance(visit.seen, ChildCard) else visit.draft.child
    back = backward("child.show")
    if card is None or "again" in request.args:
        station().devices.camera.aim(Subject.HEALTH_CARD)
        return screen(
            "child/page.html",
            step=Step.CHILD,
            idle=Idle.CAMERA,
            subject=Subject.HEALTH_CARD.value,
            look=here("child.look"),
            typed=here("child.typed", field="name"),
            back=here("child.show") if card else back,
        )
    return screen(
        "child/read.html",
        step=Step.CHILD,
        card=card,
        findings=of_card(card),
        fresh=fresh,
        sighting=visit.sighting if fresh else None,
        seen=url_for("child.picture"),
        here=here("child.confirm"),
        again=_again(card),
        back=back,
    )


def _again(card: ChildCard) -> str:
    """Where a mistake is put right: at the camera, or at the keys."""
    if isinstance(card, TypedChild):
        return here("child.typed", field="name")
    return here("child.show", again=1)


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

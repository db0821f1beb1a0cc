"""The guardian's citizen card."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.actions.read_back import read_back
from kiosk.actions.scan_card import confirm_guardian, look_for_guardian
from kiosk.domain.identity import CitizenCard, CitizenLayout
from kiosk.domain.steps import Step
from kiosk.web.looking import look_once, send_sighting, show_camera, show_card
from kiosk.web.route import backward, here, onward, show_again
from kiosk.web.station import station, visit_at
from kiosk.web.typed import ask, take

bp = Blueprint("guardian", __name__, url_prefix="/guardian")


@bp.get("/")
def show() -> Response:
    """Show what was read; the camera, if nothing was or if it shall be read again."""
    visit = visit_at(Step.GUARDIAN)
    card = visit.seen if isinstance(visit.seen, CitizenCard) else visit.draft.guardian
    if card is None or "again" in request.args:
        return show_camera(
            "guardian/page.html",
            Subject.CITIZEN_CARD,
            step=Step.GUARDIAN,
            look=here("guardian.look"),
            other_side=here("guardian.show_back"),
            typed=here("guardian.typed", field="name"),
            back=here("guardian.show") if card else backward("guardian.show"),
        )
    return show_card(visit, Step.GUARDIAN, card, typed=card.layout is CitizenLayout.TYPED)


@bp.post("/look")
def look() -> AnyResponse:
    """One look through the camera."""
    visit = visit_at(Step.GUARDIAN)

    def find() -> AnyResponse:
        look_for_guardian(station(), visit)
        return show_again("guardian.show")

    return look_once(find, Subject.CITIZEN_CARD)


@bp.get("/back")
def show_back() -> Response:
    """Show the camera for the back of the card, for whoever's code is scratched."""
    visit_at(Step.GUARDIAN)
    return show_camera(
        "guardian/back.html",
        Subject.CITIZEN_CARD_BACK,
        step=Step.GUARDIAN,
        shoot=here("guardian.take_back"),
        back=here("guardian.show", again=1),
    )


@bp.post("/back")
def take_back() -> AnyResponse:
    """Photograph the back and read it."""
    read_back(station(), visit_at(Step.GUARDIAN))
    return show_again("guardian.show")


@bp.get("/typed/<field>")
def typed(field: str) -> Response:
    """Ask for what is printed on the card, for whoever's code and lines cannot be read."""
    return ask(Step.GUARDIAN, field)


@bp.post("/typed/<field>")
def take_typed(field: str) -> AnyResponse:
    """Take one answer."""
    return take(Step.GUARDIAN, field)


@bp.get("/seen.jpg")
def picture() -> Response:
    """The frame in which the card was read."""
    return send_sighting()


@bp.post("/")
def confirm() -> AnyResponse:
    """The card was read right."""
    visit = visit_at(Step.GUARDIAN)
    if visit.seen is not None or visit.draft.guardian is None:
        confirm_guardian(visit)
    return onward("guardian.show", visit)

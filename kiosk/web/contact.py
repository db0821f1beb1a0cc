"""What no card carries: phone, relationship, address. One question on a page."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.answer import choose_relationship, give_phone, keep_address
from kiosk.domain.address import Address
from kiosk.domain.communes import Commune
from kiosk.domain.steps import Step
from kiosk.problems.answers import LandlineGiven, OldPhoneGiven, PhoneMissing, PhoneWrong
from kiosk.tables import load_gazetteer
from kiosk.visits import Visit
from kiosk.web.htmx import Idle, screen
from kiosk.web.route import backward, here, onward
from kiosk.web.station import visit_at

bp = Blueprint("contact", __name__, url_prefix="/contact")


@bp.get("/phone")
def phone() -> Response:
    """Ask for the number that receives the result."""
    kept = visit_at(Step.CONTACT).draft.contact.phone
    return _phone(kept.shown() if kept else "", "", status=200)


@bp.post("/phone")
def give() -> AnyResponse:
    """Take the number, or say at the field what is wrong with it."""
    visit = visit_at(Step.CONTACT)
    typed = request.form.get("phone", "")
    try:
        give_phone(visit, typed)
    except (PhoneMissing, PhoneWrong, LandlineGiven, OldPhoneGiven) as problem:
        return _phone(typed, problem.vi, status=problem.status)
    return onward("contact.phone", visit)


@bp.get("/relationship")
def relationship() -> Response:
    """Ask whose child it is."""
    visit = visit_at(Step.CONTACT)
    return screen(
        "contact/relationship.html",
        step=Step.CONTACT,
        relationships=visit.draft.procedure.relationships,
        chosen=visit.draft.contact.relationship,
        here=here("contact.choose"),
        back=backward("contact.relationship"),
    )


@bp.post("/relationship")
def choose() -> AnyResponse:
    """Take the choice; pressing it is the answer."""
    visit = visit_at(Step.CONTACT)
    choose_relationship(visit, request.form.get("relationship", ""))
    return onward("contact.relationship", visit)


@bp.get("/address")
def address() -> Response:
    """Ask whether the card's address reaches the guardian."""
    return _address(visit_at(Step.CONTACT))


@bp.post("/address")
def keep() -> AnyResponse:
    """Keep the card's address, in the commune of today that was shown or chosen."""
    visit = visit_at(Step.CONTACT)
    keep_address(visit, request.form.get("commune", ""))
    return onward("contact.address", visit)


def _phone(text: str, problem: str, *, status: int) -> Response:
    return screen(
        "contact/phone.html",
        step=Step.CONTACT,
        status=status,
        text=text,
        problem=problem,
        here=here("contact.give"),
        back=backward("contact.phone"),
    )


def _address(visit: Visit) -> Response:
    address, gazetteer = visit.draft.contact.address, load_gazetteer()
    candidates: tuple[Commune, ...] = ()
    shown = address.shown() if address else None
    if address and address.commune is None:
        candidates = gazetteer.became(address.printed or "")
        if len(candidates) == 1:
            shown = Address(gazetteer.street(address.printed or ""), candidates[0]).shown()
    return screen(
        "contact/address.html",
        step=Step.CONTACT,
        idle=Idle.CAMERA,  # an address takes reading
        address=shown,
        printed=address.printed if address and address.printed != shown else "",
        candidates=candidates,
        here=here("contact.keep"),
        choose=here("place.provinces"),
        back=backward("contact.address"),
    )

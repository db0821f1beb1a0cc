"""Who may log in: the administrator's page. Officers are added and removed, PINs changed."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.keep_officers import add_officer, change_pin, list_officers, remove_officer
from kiosk.domain.officers import Officer, Pin, Role
from kiosk.domain.text import MalformedField
from kiosk.problems.officers import OfficerKnown, OfficerNumberWrong, OfficerPinWrong, OfficerUnknown
from kiosk.problems.requests import RequestRefused
from kiosk.web.htmx import go_to, screen
from kiosk.web.shift import officer_here, reserve
from kiosk.web.station import station

bp = Blueprint("officers", __name__, url_prefix="/officer/officers")
reserve(bp, Role.ADMINISTRATOR)


@bp.get("/")
def show() -> Response:
    """Show everybody."""
    return screen("officers/page.html", officers=list_officers(station().db_path))


@bp.get("/add")
def ask() -> Response:
    """Ask for number and PIN; the role is the button that is pressed."""
    return _form("", ())


@bp.post("/add")
def add() -> AnyResponse:
    """Add an officer."""
    number, role = request.form.get("number", ""), request.form.get("role", "")
    if role not in set(Role):
        raise RequestRefused("role")
    wrong: list[tuple[str, str]] = []
    try:
        officer = Officer(number, Role(role))
    except MalformedField:
        wrong.append(("number", OfficerNumberWrong.vi))
    try:
        pin = Pin(request.form.get("pin", ""))
    except MalformedField:
        wrong.append(("pin", OfficerPinWrong.vi))
    if wrong:
        return _form(number, tuple(wrong))
    try:
        add_officer(station().db_path, officer, pin, at=station().now(), by=_me())
    except OfficerKnown as problem:
        return _form(number, (("number", problem.vi),))
    return go_to("officers.show")


@bp.post("/remove")
def remove() -> AnyResponse:
    """Remove an officer."""
    remove_officer(station().db_path, request.form.get("number", ""), at=station().now(), by=_me())
    return go_to("officers.show")


@bp.get("/pin/<number>")
def ask_pin(number: str) -> Response:
    """Ask for another PIN."""
    if number not in {each.number for each in list_officers(station().db_path)}:
        raise OfficerUnknown("not among the officers")
    return _pin(number, "", status=200)


@bp.post("/pin/<number>")
def give_pin(number: str) -> AnyResponse:
    """Give another PIN; whoever logged in with the old one is logged out."""
    try:
        pin = Pin(request.form.get("pin", ""))
    except MalformedField:
        return _pin(number, OfficerPinWrong.vi, status=OfficerPinWrong.status)
    change_pin(station().db_path, number, pin, at=station().now(), by=_me())
    return go_to("officers.show")


def _form(number: str, wrong: tuple[tuple[str, str], ...]) -> Response:
    status = OfficerNumberWrong.status if wrong else 200
    return screen("officers/add.html", status=status, number=number, wrong=dict(wrong), roles=tuple(Role))


def _pin(number: str, problem: str, *, status: int) -> Response:
    return screen(
        "officers/pin.html",
        status=status,
        number=number,
        problem=problem,
        here=url_for("officers.give_pin", number=number),
        back=url_for("officers.show"),
    )


def _me() -> str:
    officer = officer_here()
    return officer.number if officer else ""

"""An officer logs in, one question a page: number, then PIN. Neither is ever in an address."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.log_in import log_in, seconds_to_wait
from kiosk.domain.officers import Officer, Role
from kiosk.domain.text import MalformedField
from kiosk.problems.officers import LoginLocked, LoginRefused, OfficerNumberWrong
from kiosk.web.htmx import screen
from kiosk.web.route import known_page, resume
from kiosk.web.station import SHIFT_COOKIE, find_shift, find_visit, station
from kiosk.web.wording import waited

bp = Blueprint("login", __name__, url_prefix="/officer")


@bp.get("/login")
def ask() -> AnyResponse:
    """Ask for the number."""
    if find_shift() is not None:
        return redirect(_onward(request.args.get("to", "")), 303)
    return _number("", "", status=200)


@bp.post("/login")
def take_number() -> AnyResponse:
    """Take the number and ask for the PIN; whether there is such an officer is not told."""
    number = request.form.get("number", "")
    try:
        Officer(number, Role.OFFICER)
    except MalformedField:
        return _number(number, OfficerNumberWrong.vi, status=OfficerNumberWrong.status)
    return _pin(number, "", status=200)


@bp.post("/login/pin")
def enter() -> AnyResponse:
    """Take the PIN and let the officer in."""
    number, to = request.form.get("number", ""), request.form.get("to", "")
    try:
        shift = log_in(station(), number, request.form.get("pin", ""))
    except (LoginRefused, LoginLocked) as problem:
        return _pin(number, problem.vi, status=problem.status)
    response = redirect(_onward(to), 303)
    response.set_cookie(SHIFT_COOKIE, shift.id, httponly=True, samesite="Strict")
    return response


@bp.post("/logout")
def leave() -> AnyResponse:
    """Log out. A visit that is under way goes on."""
    shift = find_shift()
    if shift is not None:
        station().shifts.end(shift)
    response = redirect(resume(find_visit()), 303)
    response.delete_cookie(SHIFT_COOKIE)
    return response


def _number(number: str, problem: str, *, status: int) -> Response:
    return screen(
        "login/page.html",
        status=status,
        text=number,
        problem=problem,
        to=request.values.get("to", ""),
        here=url_for("login.take_number"),
        back=resume(find_visit()),
    )


def _pin(number: str, problem: str, *, status: int) -> Response:
    seconds = seconds_to_wait(station(), number)
    return screen(
        "login/pin.html",
        status=status,
        number=number,
        problem=problem,
        wait=waited(60 * ceil(seconds / 60)) if seconds else "",
        to=request.form.get("to", ""),
        here=url_for("login.enter"),
        back=url_for("login.ask"),
    )


def _onward(to: str) -> str:
    """The page that was asked for; else back beside the visitor, or to the officer's own desk."""
    if to:
        return known_page(to)
    visit = find_visit()
    return resume(visit) if visit is not None else url_for("officer.show")

"""The officer of the browser that asks, and what is left to which role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.actions.log_in import may_still
from kiosk.domain.officers import Officer, Role
from kiosk.problems.officers import RoleTooLow
from kiosk.web.station import find_shift, station

View = ParamSpec("View")


def officer_here() -> Officer | None:
    """Who is logged in at this screen, or None."""
    shift = find_shift()
    return shift.officer if shift else None


def demand(least: Role) -> Response | None:
    """Let an officer of this role or a higher one pass; None says so, anything else is the answer.

    Errors: RoleTooLow.
    """
    shift = find_shift()
    if shift is None or not may_still(station(), shift):
        to = request.path if request.method == "GET" else None
        return redirect(url_for("login.ask", to=to), 303)
    if "HX-Poll" not in request.headers:
        station().shifts.touch(shift)
    if not shift.officer.role.covers(least):
        raise RoleTooLow(least)
    return None


def reserve(bp: Blueprint, least: Role) -> None:
    """Leave a whole blueprint to this role and higher ones."""

    @bp.before_request
    def only_for() -> Response | None:
        return demand(least)


def left_to(least: Role) -> Callable[[Callable[View, Response]], Callable[View, Response]]:
    """Leave one view to this role and higher ones."""

    def reserved(view: Callable[View, Response]) -> Callable[View, Response]:
        @wraps(view)
        def asked(*args: View.args, **kwargs: View.kwargs) -> Response:
            return demand(least) or view(*args, **kwargs)

        return asked

    return reserved


def lock_officer_pages(app: Flask) -> None:
    """Whatever lies under /officer is for officers, also what somebody adds later; only logging in is not."""

    @app.before_request
    def only_officers() -> Response | None:
        if request.blueprint == "login" or not f"{request.path}/".startswith("/officer/"):
            return None
        return demand(Role.OFFICER)

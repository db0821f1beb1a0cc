"""The first screen: what this is, what to bring."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.begin import begin_next, why_resting
from kiosk.domain.procedures import Procedure
from kiosk.store import print_jobs
from kiosk.visits import Visit
from kiosk.web.htmx import screen
from kiosk.web.route import address_of
from kiosk.web.station import COOKIE, find_visit, settings, station
from sync.durable import open_db

bp = Blueprint("start", __name__)


@bp.get("/")
def show() -> Response:
    """Invite; say so if the last visit of this browser was cut off."""
    interrupted = _interrupted()
    response = show_start(interrupted=interrupted)
    if interrupted:
        response.delete_cookie(COOKIE)
    return response


@bp.post("/start")
def begin() -> AnyResponse:
    """The first touch: the large button, or one of the other procedures."""
    return go_in(begin_next(station(), find_visit(), settings(), request.form.get("procedure", "")))


def go_in(visit: Visit) -> AnyResponse:
    """Hand the browser its visit, and go to the first page."""
    in_the_visit_now = dict.fromkeys(asdict(visit.settings))  # no longer carried in addresses
    response = redirect(address_of(visit.draft.procedure.pages[0].name, **in_the_visit_now), 303)
    # No expiry: the browser forgets it too. Not `secure`: the screen is on the loopback, without TLS.
    response.set_cookie(COOKIE, visit.id, httponly=True, samesite="Strict")
    return response


def show_start(**context: Any) -> Response:
    """The start screen, with whatever must be said on it."""
    context.setdefault("interrupted", None)
    resting = bool(why_resting(station()))
    return screen("start/page.html", resting=resting, others=offers(), **context)


def offers(*wanted: str) -> tuple[Procedure, ...]:
    """The procedures that may be begun today, but the first; or those of them that are wanted."""
    first, procedures = station().procedures.first, station().procedures
    offered = (each for each in procedures.offered_on(station().verified_day()) if each is not first)
    return tuple(each for each in offered if not wanted or each.id in wanted)


def _interrupted() -> str | None:
    """What became of a visit that this browser remembers and the station does not."""
    visit_id = request.cookies.get(COOKIE)
    if visit_id is None or find_visit() is not None:
        return None
    with open_db(station().db_path) as db:
        job = print_jobs.of_visit(db, hashlib.sha256(visit_id.encode()).hexdigest())
    return "saved" if job else "lost"

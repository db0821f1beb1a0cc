"""The first screen: what this is, what to bring."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.begin import begin as begin_visit
from kiosk.actions.begin import why_resting
from kiosk.store import print_jobs
from kiosk.web.htmx import go_to, screen
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
    """The first touch."""
    visit = begin_visit(station(), settings())
    in_the_visit_now = dict.fromkeys(asdict(visit.settings))  # no longer carried in addresses
    response = go_to("check.account", **in_the_visit_now)
    # No expiry: the browser forgets it too. Not `secure`: the screen is on the loopback, without TLS.
    response.set_cookie(COOKIE, visit.id, httponly=True, samesite="Strict")
    return response


def show_start(**context: Any) -> Response:
    """The start screen, with whatever must be said on it."""
    context.setdefault("interrupted", None)
    return screen("start/page.html", resting=bool(why_resting(station())), **context)


def _interrupted() -> str | None:
    """What became of a visit that this browser remembers and the station does not."""
    visit_id = request.cookies.get(COOKIE)
    if visit_id is None or find_visit() is not None:
        return None
    with open_db(station().db_path) as db:
        job = print_jobs.of_visit(db, hashlib.sha256(visit_id.encode()).hexdigest())
    return "saved" if job else "lost"

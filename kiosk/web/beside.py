"""The officer beside a visit: what would come back, which part to go to, the next visitor with one touch."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.begin import begin_next
from kiosk.actions.leave import leave as forget
from kiosk.domain.capture import Capture
from kiosk.domain.findings import Finding, Severity
from kiosk.domain.officers import Officer, Role
from kiosk.domain.steps import GROUPS
from kiosk.visits import Settings
from kiosk.web import findings
from kiosk.web.htmx import wants_part
from kiosk.web.parts import Part, parts_reached
from kiosk.web.shift import left_to, officer_here
from kiosk.web.start import go_in
from kiosk.web.station import find_visit, is_assisted, station

bp = Blueprint("beside", __name__, url_prefix="/beside")

_SCANNING = GROUPS[1][1]


@dataclass(frozen=True, slots=True, repr=False)
class Beside:
    """What the panel shows. Shape: `officer` is None where one should sit and has not logged in."""

    officer: Officer | None
    findings: tuple[Finding, ...] = ()
    flawed: tuple[tuple[Capture, str], ...] = ()
    parts: tuple[Part, ...] = ()
    may_scan: bool = False
    is_done: bool = False


@bp.app_template_global("beside")
def beside() -> Beside | None:
    """What stands beside the screen that is being made; None where nothing does."""
    visit, officer = find_visit(), officer_here()
    if visit is None or request.path.startswith("/officer/"):
        return None
    if officer is None:
        return Beside(None) if is_assisted() else None
    if visit.given is not None:
        return Beside(officer, is_done=True)
    flawed = tuple((each, told) for each in visit.draft.captures for _, told in findings.of_kept(each))
    found = tuple(findings.of_visit(visit, Severity.HINT))
    may_scan = any(request.path == f"/{step}/" for step in _SCANNING)
    return Beside(officer, found, flawed, parts_reached(visit), may_scan)


@bp.post("/next")
@left_to(Role.OFFICER)
def next_visitor() -> AnyResponse:
    """Forget this visit and begin the next, in a page loaded afresh: the browser forgets this one too."""
    visit = find_visit()
    forget(station(), visit.id if visit else None)
    response = go_in(begin_next(station(), visit, Settings()))
    if wants_part():
        where, cookies = response.headers["Location"], response.headers.getlist("Set-Cookie")
        response = Response(headers=[("HX-Redirect", where), *(("Set-Cookie", each) for each in cookies)])
    response.vary.add("HX-Request")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response

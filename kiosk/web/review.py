"""Everything on one page, each line with its way back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for

from kiosk.domain.steps import Step
from kiosk.visits import Visit
from kiosk.web import findings
from kiosk.web.answers import groups_of
from kiosk.web.htmx import Idle, part, screen
from kiosk.web.photographing import picture_url
from kiosk.web.route import backward
from kiosk.web.station import station, visit_at

bp = Blueprint("review", __name__, url_prefix="/review")


@bp.get("/")
def show() -> Response:
    """Show the answers, the pictures, and what might send the declaration back."""
    visit = visit_at(Step.REVIEW)
    visit.shot = None  # a picture that was not kept is not what will be sent
    return screen(
        "review/page.html",
        step=Step.REVIEW,
        idle=Idle.READING,
        groups=groups_of(visit.draft, station().directory.find(visit.draft.agency), visit.settings.language),
        paper=url_for("paper.show"),
        pictures=[(each, picture_url(each)) for each in visit.draft.captures],
        **_objections(visit),
        back=backward("review.show"),
        forward=url_for("pledge.show"),
    )


@bp.get("/findings")
def show_findings() -> Response:
    """The same, once the certificate has been read; until then nothing new."""
    visit = visit_at(Step.REVIEW)
    objections = _objections(visit)
    return Response(status=204) if objections["reading"] else part("review/_findings.html", **objections)


def _objections(visit: Visit) -> dict[str, Any]:
    captures = visit.draft.captures
    return {
        "findings": findings.of_visit(visit),
        "flawed": [(each, told) for each in captures for _, told in findings.of_kept(each)],
        "reading": any(each.sha256 in visit.in_reading for each in captures),
    }

"""Everything on one page, each line with its way back."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from kiosk.domain.steps import Step
from kiosk.web import findings
from kiosk.web.htmx import Idle, screen
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
        draft=visit.draft,
        relationship=visit.draft.procedure.relationship(visit.draft.contact.relationship or ""),
        agency=station().directory.find(visit.draft.agency),
        pictures=[(each, picture_url(each)) for each in visit.draft.captures],
        findings=findings.of_draft(visit.draft),
        flawed=[(each, told) for each in visit.draft.captures for _, told in findings.of_kept(each)],
        back=backward("review.show"),
        forward=url_for("pledge.show"),
    )

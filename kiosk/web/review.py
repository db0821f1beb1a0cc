"""Everything on one page, each line with its way back."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from kiosk.domain.declaration import Draft
from kiosk.domain.procedures import CaptureKind
from kiosk.domain.steps import Step
from kiosk.web import findings
from kiosk.web.htmx import Idle, screen
from kiosk.web.photographing import picture_url
from kiosk.web.route import backward
from kiosk.web.station import station, visit_at

bp = Blueprint("review", __name__, url_prefix="/review")

_STEPS = {CaptureKind.BIRTH_CERTIFICATE: Step.CERTIFICATE, CaptureKind.PORTRAIT: Step.PORTRAIT}


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
        pictures=_pictures(visit.draft),
        findings=findings.of_draft(visit.draft),
        back=backward("review.show"),
        forward=url_for("pledge.show"),
    )


def _pictures(draft: Draft) -> dict[str, str]:
    return {each.kind.value: picture_url(_STEPS[each.kind], each) for each in draft.captures}

"""One touch in a rehearsal shows the camera what nobody has at hand; in a visit it is no page at all."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.steps import Step
from kiosk.web.route import show_again
from kiosk.web.station import current_visit, station, visit_at

bp = Blueprint("sample", __name__, url_prefix="/sample")


@bp.post("/<step>")
def take(step: str) -> AnyResponse:
    """Show the sample of this step, and what the camera made of it."""
    from kiosk.actions.show_sample import show_sample  # noqa: PLC0415 - draws; no visitor needs it

    if not current_visit().is_rehearsal or step not in set(Step):
        abort(404)
    page = request.args.get("page", 1, type=int)
    show_sample(station(), visit_at(Step(step)), Step(step), page)
    return show_again(f"{step}.show", **({"page": page} if page > 1 else {}))

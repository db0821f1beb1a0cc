"""What certificate and portrait share: before the shutter, after it, and the picture itself."""

from __future__ import annotations

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.actions.capture import keep, shoot
from kiosk.domain.declaration import Capture
from kiosk.domain.procedures import CaptureKind
from kiosk.domain.steps import Step
from kiosk.visits import Visit
from kiosk.web.htmx import Idle, screen
from kiosk.web.route import backward, here, onward, show_again
from kiosk.web.station import current_visit, station, visit_at


def show_shutter_or_still(step: Step, kind: CaptureKind) -> Response:
    """Show the picture that was taken or kept; the camera, if there is none or another is wanted."""
    visit = visit_at(step)
    taken = _pending(visit, kind)
    capture = taken or visit.draft.capture(kind)
    back = backward(f"{step}.show")
    if capture is None or "again" in request.args:
        station().devices.camera.aim(Subject(kind.value))
        return screen(
            f"{step}/page.html",
            step=step,
            idle=Idle.CAMERA,
            subject=kind.value,
            shoot=here(f"{step}.take"),
            back=here(f"{step}.show") if capture else back,
        )
    return screen(
        f"{step}/taken.html",
        step=step,
        idle=Idle.CAMERA,
        photo=picture_url(step, capture),
        fresh=taken is not None,
        here=here(f"{step}.use"),
        again=here(f"{step}.show", again=1),
        back=back,
    )


def take(step: Step, kind: CaptureKind) -> AnyResponse:
    """Press the shutter."""
    shoot(station(), visit_at(step), kind)
    return show_again(f"{step}.show")


def use(step: Step, kind: CaptureKind) -> AnyResponse:
    """Keep the picture that is shown."""
    visit = visit_at(step)
    if _pending(visit, kind) or visit.draft.capture(kind) is None:
        keep(visit, kind)
    return onward(f"{step}.show", visit)


def picture_url(step: Step, capture: Capture) -> str:
    """Where the picture is. The moment it was taken keeps the browser from showing an earlier one."""
    return url_for(f"{step}.picture", at=round(capture.taken_at.timestamp() * 1000))


def send_picture(kind: CaptureKind) -> Response:
    """The picture that was taken or kept, from memory."""
    visit = current_visit()
    capture = _pending(visit, kind) or visit.draft.capture(kind)
    if capture is None:
        abort(404)
    return Response(capture.jpeg, mimetype="image/jpeg")


def _pending(visit: Visit, kind: CaptureKind) -> Capture | None:
    return visit.shot if visit.shot is not None and visit.shot.kind is kind else None

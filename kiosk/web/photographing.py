"""What every photographed step shares: before the shutter, after it, and the pictures themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.capture import keep, may_give_up, override, shoot
from kiosk.domain.capture import Capture
from kiosk.domain.guidance import START
from kiosk.domain.officers import Role
from kiosk.domain.overrides import OverrideReason
from kiosk.domain.procedures import CaptureKind
from kiosk.domain.steps import Step
from kiosk.lookout import SUBJECTS
from kiosk.problems.devices import CameraUnavailable
from kiosk.problems.visit import StepSkipped
from kiosk.visits import Shot, Visit
from kiosk.web.findings import of_kept
from kiosk.web.flaw_marks import MARKS
from kiosk.web.htmx import Idle, part, screen
from kiosk.web.route import backward, here, onward, show_again
from kiosk.web.shift import left_to, officer_here
from kiosk.web.station import current_visit, station, visit_at


def screens_of(step: Step) -> Blueprint:
    """Build the pages of one photographed step."""
    bp = Blueprint(step.value, __name__, url_prefix=f"/{step}")

    def page(rule: str, view: Callable[[Step], AnyResponse], method: str = "GET") -> None:
        bp.add_url_rule(rule, view.__name__, update_wrapper(partial(view, step), view), methods=[method])

    page("/", show)
    page("/look", look, "POST")
    page("/shoot", take, "POST")
    page("/", use, "POST")
    page("/override", keep_anyway, "POST")
    page("/drop", drop, "POST")
    page("/verdict", verdict)
    page("/picture.jpg", picture)
    page("/crop.jpg", crop)
    return bp


def show(step: Step) -> AnyResponse:
    """Show the picture that was taken or kept; the camera, if there is none or another is wanted."""
    visit, kind, page = _asked(step)
    shot = _pending(visit, kind, page)
    capture = shot.capture if shot else visit.draft.capture(kind, page)
    if capture is None or "again" in request.args:
        return _show_shutter(step, kind, page, taken=capture is not None)
    return _show_still(step, visit, capture, shot)


def look(step: Step) -> AnyResponse:
    """Say what the live picture needs, unless the page says so already; press the shutter when it is good."""
    visit, kind, page = _asked(step)
    glance = station().lookout.glance(kind)
    if glance.ready:
        shoot(station(), visit, kind, page)
        return show_again(f"{step}.show", **_numbered(page))
    guidance = glance.guidance
    says = CameraUnavailable.vi if glance.trouble else guidance.hint
    shown = glance.trouble or guidance.code or ("good" if guidance.good else "wait")
    if request.form.get("shown") == f"{shown} {says}":
        return Response(status=204)
    return part(
        "capture/_guidance.html", **_words_of(guidance.good, shown, says, trouble=bool(glance.trouble))
    )


def take(step: Step) -> AnyResponse:
    """Press the shutter."""
    visit, kind, page = _asked(step)
    shoot(station(), visit, kind, page)
    return show_again(f"{step}.show", **_numbered(page))


def use(step: Step) -> AnyResponse:
    """Keep the picture that is shown, and go on; to the next page of the same paper, if there is one."""
    visit, kind, page = _asked(step)
    if _pending(visit, kind, page) or visit.draft.capture(kind, page) is None:
        keep(visit, kind, page)
    if "more" in request.form and page < kind.most_pages:
        return show_again(f"{step}.show", page=page + 1)
    return onward(f"{step}.show", visit)


@left_to(Role.SUPERVISOR)
def keep_anyway(step: Step) -> AnyResponse:
    """Keep a picture that would be sent back, because a supervisor beside the visitor says why."""
    visit, kind, page = _asked(step)
    override(visit, kind, page, request.form.get("reason", ""))
    return onward(f"{step}.show", visit)


def drop(step: Step) -> AnyResponse:
    """Take the last page of a paper away again."""
    visit, kind, _ = _asked(step)
    visit.draft = visit.draft.without_last_page(kind)
    visit.shot = None
    return show_again(f"{step}.show", **_numbered(visit.draft.pages(kind)))


def verdict(step: Step) -> AnyResponse:
    """Whether a machine could read it too, once that is known."""
    visit, kind, page = _asked(step)
    shot = _pending(visit, kind, page)
    if shot is not None and shot.reading:
        return Response(status=204)
    if shot is None or shot.accepted:
        return part("capture/_verdict.html", reading=False)
    return show_again(f"{step}.show", **_numbered(page))


def picture(step: Step) -> AnyResponse:
    """The picture that was taken or kept, from memory."""
    visit, kind, page = _asked(step, kept=True)
    shot = _pending(visit, kind, page)
    capture = shot.capture if shot else visit.draft.capture(kind, page)
    return _jpeg(capture.jpeg if capture else None)


def crop(step: Step) -> AnyResponse:
    """Some of its writing, large enough to be read."""
    visit, kind, page = _asked(step)
    shot = _pending(visit, kind, page)
    return _jpeg(shot.crop if shot else None)


def picture_url(capture: Capture, endpoint: str = "picture") -> str:
    """Where the picture is. The moment it was taken keeps the browser from showing an earlier one."""
    values: dict[str, Any] = {"at": round(capture.taken_at.timestamp() * 1000), **_numbered(capture.page)}
    return url_for(f"{capture.kind.step}.{endpoint}", **values)


def _asked(step: Step, *, kept: bool = False) -> tuple[Visit, CaptureKind, int]:
    """The visit, what its form wants here, and which page of it.

    Errors: VisitEnded, StepSkipped.
    """
    visit = current_visit() if kept else visit_at(step)
    kind = visit.draft.capture_at(step)
    if kind is None:
        raise StepSkipped(step.value)
    wanted = request.args.get("page", 1, type=int)
    return visit, kind, max(1, min(wanted, kind.most_pages, visit.draft.pages(kind) + 1))


def _show_shutter(step: Step, kind: CaptureKind, page: int, *, taken: bool) -> AnyResponse:
    station().devices.camera.aim(SUBJECTS[kind])
    station().lookout.begin(kind)
    earlier = page if taken else page - 1
    return screen(
        f"{step}/page.html",
        step=step,
        idle=Idle.CAMERA,
        kind=kind.value,
        page=page,
        subject=SUBJECTS[kind].value,
        look=here(f"{step}.look", **_numbered(page)),
        shoot=here(f"{step}.take", **_numbered(page)),
        back=here(f"{step}.show", **_numbered(earlier)) if earlier else backward(f"{step}.show"),
        **_words_of(good=False, shown="wait", says=START.hint),
    )


def _show_still(step: Step, visit: Visit, capture: Capture, shot: Shot | None) -> AnyResponse:
    kind, page = capture.kind, capture.page
    numbered = _numbered(page)
    accepted = shot is None or shot.accepted
    return screen(
        f"{step}/taken.html",
        step=step,
        idle=Idle.CAMERA,
        kind=kind.value,
        page=page,
        photo=picture_url(capture),
        crop=picture_url(capture, "crop") if shot and shot.crop else "",
        fresh=shot is not None,
        accepted=accepted,
        resigned=not accepted and shot is not None and may_give_up(visit, shot),
        flaws=[(MARKS[each.code], each.message) for each in shot.flaws] if shot else of_kept(capture),
        repeated=shot is not None and shot.repeated,
        reading=shot is not None and shot.reading,
        verdict=here(f"{step}.verdict", **numbered),
        here=here(f"{step}.use", **numbered),
        again=here(f"{step}.show", again=1, **numbered),
        more=accepted and page == max(1, visit.draft.pages(kind)) and page < kind.most_pages,
        drop=here(f"{step}.drop") if page > 1 and shot is None else "",
        override=here(f"{step}.keep_anyway", **numbered) if not accepted and _may_override() else "",
        reasons=tuple(OverrideReason),
        back=here(f"{step}.show", **_numbered(page - 1)) if page > 1 else backward(f"{step}.show"),
    )


def _words_of(good: bool, shown: str, says: str, *, trouble: bool = False) -> dict[str, Any]:
    mark = "check" if good else "camera" if trouble else MARKS.get(shown, "clock")
    return {"good": good, "trouble": trouble, "mark": mark, "says": says, "shown": f"{shown} {says}"}


def _pending(visit: Visit, kind: CaptureKind, page: int) -> Shot | None:
    shot = visit.shot
    if shot is None or (shot.capture.kind, shot.capture.page) != (kind, page):
        return None
    return shot


def _numbered(page: int) -> dict[str, int]:
    """The first page needs no number in an address."""
    return {"page": page} if page > 1 else {}


def _jpeg(data: bytes | None) -> Response:
    if data is None:
        abort(404)
    return Response(data, mimetype="image/jpeg")


def _may_override() -> bool:
    officer = officer_here()
    return officer is not None and officer.role.covers(Role.SUPERVISOR)

"""What guardian, child, status and guide share: a page that looks until it has read a code, then says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.domain.identity import CitizenCard
from kiosk.domain.steps import Step
from kiosk.domain.typed_card import ChildCard
from kiosk.problems import Problem
from kiosk.visits import Visit
from kiosk.web.htmx import Idle, part, screen
from kiosk.web.route import backward, here
from kiosk.web.station import current_visit, station


def show_camera(template: str, subject: Subject, **values: Any) -> Response:
    """Turn the camera to a subject and show the page that looks through it."""
    station().devices.camera.aim(subject)
    return screen(template, idle=Idle.CAMERA, subject=subject.value, **values)


def show_card(
    visit: Visit, step: Step, card: CitizenCard | ChildCard, *, typed: bool, **values: Any
) -> Response:
    """Show what was read or `typed`; there a mistake is put right, at the camera or at the keys."""
    fresh = card is visit.seen
    return screen(
        f"{step}/read.html",
        step=step,
        card=card,
        fresh=fresh,
        sighting=visit.sighting if fresh else None,
        seen=url_for(f"{step}.picture"),
        here=here(f"{step}.confirm"),
        again=here(f"{step}.typed", field="name") if typed else here(f"{step}.show", again=1),
        back=backward(f"{step}.show"),
        **values,
    )


def look_once(find: Callable[[], AnyResponse], subject: Subject) -> AnyResponse:
    """Answer one look through the camera.

    A look the page takes by itself gets guidance, or nothing if it shows the same already;
    a press of the button gets the problem itself.
    """
    if scanned := request.form.get("scanned"):
        station().inbox.put(scanned.encode())  # a reader that types like a keyboard
    try:
        return find()
    except Problem as problem:
        if "pressed" in request.form:
            raise
        if request.form.get("shown") == problem.code:
            return Response(status=204)
        return part("scan/_guidance.html", subject=subject.value, problem=problem.vi, code=problem.code)


def send_sighting() -> Response:
    """The frame in which the card was read, from memory."""
    sighting = current_visit().sighting
    if sighting is None:
        abort(404)
    return Response(sighting.jpeg, mimetype="image/jpeg")

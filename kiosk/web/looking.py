"""What guardian, child and status share: the page looks again and again until a code was read."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.problems import Problem
from kiosk.web.htmx import part
from kiosk.web.station import current_visit, station


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

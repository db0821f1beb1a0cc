"""The printed form of the visit under way, drawn in memory: to be looked at, or to be printed."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

from hardware.protocols import DeviceError
from kiosk.actions.compose_paper import compose_paper
from kiosk.actions.compose_slip import REHEARSAL_MARK
from kiosk.checkout import ROOT
from kiosk.domain.procedures import CaptureKind
from kiosk.problems.devices import FormNotDrawn, PagePrinterUnavailable
from kiosk.problems.visit import StepSkipped
from kiosk.station import Station
from kiosk.visits import DrawnForm, Visit

DRAWING_SECONDS = 20.0
"""A worker that takes longer hangs. Source: two pages with a portrait take 0.8 s."""


def draw_form(station: Station, visit: Visit) -> DrawnForm:
    """Draw the form as it would be sealed now; after the pledge with its receipt code.

    The visit keeps the drawing until an answer changes.
    Errors: StepSkipped, while an answer is missing; FormNotDrawn.
    """
    draft, given = visit.draft, visit.given
    if draft.unanswered():
        raise StepSkipped("paper")
    code = given.qr.code.shown() if given else ""
    portrait = draft.capture(CaptureKind.PORTRAIT) or draft.capture(CaptureKind.ADULT_PORTRAIT)
    words = {
        "paper": compose_paper(station, draft, station.now(), code).to_json(),
        "portrait": b64encode(portrait.jpeg).decode() if portrait else "",
        "mark": REHEARSAL_MARK if visit.is_rehearsal else "",
    }
    digest = sha256(json.dumps(words).encode()).digest()
    if visit.form is None or visit.form.digest != digest:
        drawn = _ask_worker(words | {"at": station.now().isoformat()})
        pages = tuple(b64decode(page) for page in drawn["pages"])
        visit.form = DrawnForm(digest, b64decode(drawn["pdf"]), pages)
    return visit.form


def _ask_worker(words: dict[str, Any]) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.form_worker"],
            input=json.dumps(words).encode(),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            timeout=DRAWING_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as why:
        raise FormNotDrawn(type(why).__name__) from None  # the error itself holds what was drawn
    drawn: dict[str, Any] = json.loads(done.stdout)
    return drawn


def print_form(station: Station, visit: Visit) -> None:
    """Send the form to the station's A4 printer.

    Errors: StepSkipped; FormNotDrawn; PagePrinterUnavailable.
    """
    printer = station.devices.pages
    if printer is None:
        raise PagePrinterUnavailable("none configured")
    try:
        printer.print_pages(draw_form(station, visit).pdf)
    except DeviceError as why:
        raise PagePrinterUnavailable(str(why)) from why

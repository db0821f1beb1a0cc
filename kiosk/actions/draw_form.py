"""The printed form of the visit under way, drawn in memory: to be looked at, or to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

from hardware.protocols import DeviceError
from kiosk.actions.compose_paper import compose_paper
from kiosk.actions.compose_slip import REHEARSAL_MARK
from kiosk.checkout import FONTS
from kiosk.domain.procedures import CaptureKind
from kiosk.problems.devices import PagePrinterUnavailable
from kiosk.problems.visit import StepSkipped
from kiosk.station import Station
from kiosk.visits import Visit

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PIXELS_PER_POINT = 1.8
"""A page is about 1,070 pixels wide then: its small print is read on the panel without a glass."""


def draw_form(station: Station, visit: Visit) -> bytes:
    """Draw the form as PDF; after the pledge with its receipt code.

    Errors: StepSkipped, while an answer is missing.
    """
    from sync.paper import draw_paper  # noqa: PLC0415 - fpdf2 weighs 30 MB, and few ask to see the form

    draft, given = visit.draft, visit.given
    if draft.unanswered():
        raise StepSkipped("paper")
    code = given.qr.code.shown() if given else ""
    portrait = draft.capture(CaptureKind.PORTRAIT) or draft.capture(CaptureKind.ADULT_PORTRAIT)
    paper = compose_paper(station, draft, station.now(), code).to_json()
    mark = REHEARSAL_MARK if visit.is_rehearsal else ""
    return draw_paper(paper, portrait.jpeg if portrait else None, FONTS, station.now(), mark)


def draw_page(pdf: bytes, number: int) -> bytes | None:
    """Draw one page as PNG; None where there is no such page."""
    document = _open(pdf)
    try:
        if not 1 <= number <= len(document):
            return None
        bitmap = document[number - 1].render(scale=PIXELS_PER_POINT, grayscale=False)
        done, png = cv2.imencode(".png", bitmap.to_numpy())
        assert done, "a drawn page is always a picture"
        return png.tobytes()
    finally:
        document.close()


def count_pages(pdf: bytes) -> int:
    """How many pages there are to look at."""
    document = _open(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _open(pdf: bytes) -> PdfDocument:
    import pypdfium2  # noqa: PLC0415 - like fpdf2

    return pypdfium2.PdfDocument(pdf)


def print_form(station: Station, visit: Visit) -> None:
    """Send the form to the station's A4 printer.

    Errors: StepSkipped; PagePrinterUnavailable.
    """
    printer = station.devices.pages
    if printer is None:
        raise PagePrinterUnavailable("none configured")
    try:
        printer.print_pages(draw_form(station, visit))
    except DeviceError as why:
        raise PagePrinterUnavailable(str(why)) from why

"""Receipts as they are composed, printed and read back: every procedure, in both languages, printed again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from hardware.escpos_job import slip_job
from hardware.protocols import Slip
from hardware.sim.paper import read_paper
from hardware.slip import draw_slip
from kiosk.actions.compose_slip import ReceiptFacts, compose_slip
from kiosk.adjustments import Adjustments
from kiosk.app import create_app
from kiosk.checkout import FONTS
from kiosk.domain.procedures import Procedure
from kiosk.domain.progress import Progress
from kiosk.domain.receipt import ReceiptCode, ReceiptQr
from kiosk.station import Station
from kiosk.web.station import COOKIE
from tests.hardware.receipts import WIDTHS, code_of, codes_on, likeness, text_on, words_of
from tests.stations import NOON
from tests.web.conftest import Screen


@pytest.mark.parametrize("width", WIDTHS)
def test_the_code_of_every_receipt_is_read_back(screen: Screen, width: int) -> None:
    for procedure in screen.station.procedures.all:
        for slip in _slips(screen.station, procedure):
            assert codes_on(_paper(slip, width)) == [code_of(slip)]


@pytest.mark.parametrize("width", WIDTHS)
def test_its_words_are_read_back(screen: Screen, width: int) -> None:
    for slip in _slips(screen.station, screen.station.procedures.first):
        assert likeness(words_of(slip), text_on(_paper(slip, width))) >= 0.98


@pytest.mark.parametrize(("driver", "told"), [("cups", "Nếu chưa có giấy"), ("network", "Đã in biên nhận")])
def test_a_printer_that_cannot_tell_leaves_it_to_the_visitor(screen: Screen, driver: str, told: str) -> None:
    visit = screen.has_answered_everything()
    screen.sends("/pledge/")
    assert visit.given is not None
    screen.waits_for_paper(visit.given.uuid)
    config = screen.station.config
    wired = replace(config, printer=replace(config.printer, driver=driver))
    browser = create_app(replace(screen.station, adjustments=Adjustments(wired))).test_client()
    browser.set_cookie(COOKIE, visit.id)
    page = browser.get("/receipt/").text
    assert told in page
    assert ("receipt__qr" in page) is (driver == "cups")


def _slips(station: Station, procedure: Procedure) -> list[Slip]:
    """For a visitor who reads Vietnamese, for one who reads English, and one printed again."""
    facts = ReceiptFacts(
        qr=ReceiptQr(ReceiptCode.of(station.config.station.id, 7), "0123456789abcdef" * 2),
        pin="4T7K9M",
        sealed_at=NOON,
        agency=next(iter(station.directory.agencies)),
        procedure=procedure,
        language="vi",
    )
    came_back = replace(facts, progress=Progress.RETURNED, reasons=("Ảnh chân dung bị mờ",), copies=1)
    return [compose_slip(station, each) for each in (facts, replace(facts, language="en"), came_back)]


def _paper(slip: Slip, width: int) -> Image.Image:
    return read_paper(slip_job(draw_slip(slip, width, FONTS)), width).picture

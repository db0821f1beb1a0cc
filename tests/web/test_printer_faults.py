"""A printer that fails in every way it can: the visit goes on, and the officer is told what to do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest
import zxingcpp

from hardware.printer import open_printer
from hardware.printer_wires import connect_network
from hardware.protocols import Code, Image, Paragraph, Slip
from hardware.settings import PrinterSettings
from hardware.sim.printer_server import Mode, PrinterServer
from kiosk.actions.print_receipt import print_one
from kiosk.spooler import OwnSlip, PrintOrder
from kiosk.store import journal
from kiosk.store.journal import Event
from kiosk.visits import Given, Settings
from sync.durable import open_db
from tests.hardware.printers import FONTS, a_printer
from tests.hardware.receipts import text_on
from tests.web.conftest import Screen

STOPS = "Máy in báo lỗi. Xin tắt bật lại máy in"
SILENT = "Máy in không trả lời. Xin xem dây, nguồn, máy khác có đang in"
IN_WORDS = {
    Mode.NO_PAPER: "Máy in hết giấy. Xin thay cuộn giấy",
    Mode.RUNS_OUT: "Máy in hết giấy. Xin thay cuộn giấy",
    Mode.COVER_OPEN: "Nắp máy in đang mở. Xin đóng nắp",
    Mode.ERROR: STOPS,
    Mode.HANG_UP: STOPS,
    Mode.MUTE: SILENT,
    Mode.HALF_CLOSE: SILENT,
    Mode.WRONG_BITS: "Thiết bị gửi dữ liệu lạ. Xin kiểm tra cấu hình",
}


@pytest.mark.parametrize("mode", IN_WORDS)
def test_a_failing_printer_keeps_nobody_and_is_named_within_three_seconds(screen: Screen, mode: Mode) -> None:
    with plugged_in(screen, mode):
        given = pledges(screen)
        began = time.monotonic()
        told = waits_for_the_slip(screen)
        assert time.monotonic() - began < 3
    assert "Xin chụp lại màn hình" in told
    assert code_drawn_on(told) == given.qr.to_qr()
    assert screen.sends("/leave").status_code == 200
    screen.logs_in()
    page = screen.sees("/officer/").text
    assert given.qr.code.shown() in page
    assert IN_WORDS[mode] in page


def test_a_printer_that_is_switched_off_is_not_there(screen: Screen) -> None:
    with plugged_in(screen, Mode.OK) as server:
        server.server_close()
        pledges(screen)
        assert "Xin chụp lại màn hình" in waits_for_the_slip(screen)
        screen.logs_in()
        assert "Máy in đang bận hoặc chưa sẵn sàng" in screen.sees("/officer/").text
        lamps = screen.browser.get("/officer/health", headers={"HX-Request": "true"}).text
        assert "Máy in không nhận kết nối. Xin xem máy khác có đang in không" in " ".join(lamps.split())


def test_a_printer_that_stands_still_is_told_while_its_slip_may_still_come(screen: Screen) -> None:
    with plugged_in(screen, Mode.STUCK, stall_seconds=60) as server:
        given = pledges(screen)
        told = waits_for_the_slip(screen)
        assert "Máy in chưa in tiếp. Xin chụp lại màn hình" in told
        assert code_drawn_on(told) == given.qr.to_qr()
        assert "receipt/printing" in told, "the page goes on asking"
        screen.logs_in()
        row = row_of(screen, given.qr.code.shown())
        assert "Máy in đứng lại khi đang in." in row
        assert "/officer/print" not in row, "it may still come out: no second one yet"
        server.goes_on.set()
        assert "Đã in biên nhận" in waits_for_the_slip(screen, "Đang in", "chưa in tiếp")


@pytest.mark.parametrize("answer", ["settle", "print"])
def test_where_nobody_knows_whether_paper_came_the_officer_is_asked(screen: Screen, answer: str) -> None:
    with plugged_in(screen, Mode.FALLS_SILENT):
        given = pledges(screen)
        told = waits_for_the_slip(screen, "Đang in", "chưa in tiếp")
        assert "Nếu chưa có giấy" in told
        assert code_drawn_on(told) == given.qr.to_qr()
    screen.logs_in()
    code = given.qr.code.shown()
    assert "Không rõ đã in chưa. Xin hỏi phụ huynh đã có giấy chưa." in row_of(screen, code)
    assert "Phụ huynh đã có giấy" in row_of(screen, code)
    with plugged_in(screen, Mode.OK) as server:
        assert screen.sends(f"/officer/{answer}", code=code).status_code == 200
        await_printed(screen, code)
        assert len(server.slips) == (answer == "print")
        for each in server.slips:
            assert "LẠI 1" in text_on(each.paper.picture), "tesseract may take IN for TN"


def test_a_slip_that_failed_and_that_nobody_wants_leaves_the_list(screen: Screen) -> None:
    with plugged_in(screen, Mode.NO_PAPER):
        code = pledges(screen).qr.code.shown()
        waits_for_the_slip(screen)
    screen.logs_in()
    assert "Không cần in" in row_of(screen, code)
    assert screen.sends("/officer/settle", code=code).status_code == 200
    assert row_of(screen, code) == ""
    with open_db(screen.station.db_path) as db:
        settled = journal.newest(db, Event.SLIP_SETTLED)
    assert settled is not None
    assert settled.detail == "dismissed"
    assert screen.sends("/officer/settle", code="0042-9999").status_code == 404


def test_a_slip_that_was_lost_is_printed_again_after_a_question(screen: Screen) -> None:
    with plugged_in(screen, Mode.OK) as server:
        given = pledges(screen)
        waits_for_the_slip(screen)
        screen.sends("/leave")
        screen.logs_in()
        code = given.qr.code
        again = f"/officer/print/{code.text}"
        assert f'href="{again}"' in screen.sees("/officer/").text
        asked = screen.sees(again).text
        assert f"In lại biên nhận {code.shown()}?" in asked
        assert "Biên nhận cũ hết hiệu lực" in asked
        assert len(server.slips) == 1, "to ask prints nothing"
        for _ in range(2):
            assert screen.browser.post("/officer/print", data={"code": code.shown()}).status_code == 303
        await_printed(screen, code.shown())
        first, second = server.slips
        assert "LẠI" not in text_on(first.paper.picture)
        assert "LẠI 1" in text_on(second.paper.picture)
    assert screen.sees("/officer/print/nothing").status_code == 404


def test_who_reads_english_gets_a_slip_too(screen: Screen) -> None:
    with plugged_in(screen, Mode.OK) as server:
        visit = screen.has_answered_everything()
        visit.settings = Settings(language="en")
        screen.sends("/pledge/")
        waits_for_the_slip(screen, "Printing")
        [slip] = server.slips
        assert "Saved at this station" in text_on(slip.paper.picture)


def test_a_station_without_a_printer_shows_the_receipt_and_asks_the_officer_nothing(screen: Screen) -> None:
    given = pledges(screen)
    code = given.qr.code.shown()
    waits_for_the_slip(screen)
    printer = open_printer(PrinterSettings("none", "", 576), FONTS)
    order = PrintOrder(given.uuid, Slip(given.qr.code.text, (Paragraph("Xin chào"),)))
    print_one(printer, screen.station.db_path, screen.station.now, order)
    told = screen.sees("/receipt/").text
    assert "Biên nhận này không in ra giấy. Xin chụp lại màn hình này." in told
    assert code_drawn_on(told) == given.qr.to_qr()
    assert "receipt/printing" not in told, "nothing is waited for"
    screen.logs_in()
    assert row_of(screen, code) == ""


def test_a_slip_that_cannot_be_drawn_keeps_no_other_from_the_printer(
    screen: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    odd, next_one = OwnSlip(), OwnSlip()
    too_much = Code("SECRET" * 1000)
    screen.station.spooler.submit(PrintOrder("", Slip("odd", (too_much,)), odd))
    screen.station.spooler.submit(PrintOrder("", Slip("next", (Paragraph("Xin chào"),)), next_one))
    deadline = time.monotonic() + 20
    while next_one.state != "printed" and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (odd.state, next_one.state) == ("failed", "printed")
    assert "a slip was not drawn: DataOverflowError" in caplog.text
    assert "SECRET" not in caplog.text


def test_a_low_roll_still_prints_and_is_told_before_it_ends(screen: Screen) -> None:
    with plugged_in(screen, Mode.NEAR_END):
        pledges(screen)
        assert "Đã in biên nhận" in waits_for_the_slip(screen)
        screen.logs_in()
        health = screen.browser.get("/officer/health", headers={"HX-Request": "true"}).text
    assert "Máy in sắp hết giấy." in health
    assert "Xin để sẵn cuộn giấy mới." in health


@contextmanager
def plugged_in(screen: Screen, mode: Mode, stall_seconds: float = 0.3) -> Iterator[PrinterServer]:
    """The make-believe printer of the network at the end of the station's wire."""
    printer = screen.station.devices.printer
    before = printer._connect  # type: ignore[attr-defined]
    with a_printer(mode) as server:
        address = f"127.0.0.1:{server.port}"
        printer._connect = partial(connect_network, address, stall_seconds=stall_seconds)  # type: ignore[attr-defined]
        try:
            yield server
        finally:
            printer._connect = before  # type: ignore[attr-defined]


def pledges(screen: Screen) -> Given:
    visit = screen.has_answered_everything()
    assert screen.sends("/pledge/").status_code == 200
    assert visit.given is not None
    return visit.given


def waits_for_the_slip(screen: Screen, *meanwhile: str) -> str:
    """What the receipt says when it no longer says what it says meanwhile, that it prints if nothing else."""
    page = screen.sees("/receipt/").text
    while any(each in page for each in meanwhile or ("Đang in",)):  # all of them of one and the same page
        time.sleep(0.05)
        page = screen.sees("/receipt/").text
    return page


def row_of(screen: Screen, code: str) -> str:
    """A receipt's row among the slips that wait for paper; empty when it is not there."""
    page = screen.sees("/officer/").text
    slips = page.split('id="jobs"')[1].split("</section>")[0] if 'id="jobs"' in page else ""
    return next((row for row in slips.split("<tr>") if code in row), "")


def await_printed(screen: Screen, code: str) -> None:
    deadline = time.monotonic() + 20
    while row_of(screen, code):
        assert time.monotonic() < deadline, row_of(screen, code)
        time.sleep(0.05)


def code_drawn_on(page: str) -> str:
    """Draw the page's own QR code, as a browser would, and photograph it."""
    svg = page.split("receipt__qr", 1)[1]
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    scale = re.search(r'transform="scale\((\d+)\)"', svg)
    pixels = np.full((side, side), 255, np.uint8)
    paths = re.findall(r'<path[^>]*stroke="#000"[^>]*d="([^"]*)"|d="([^"]*)"[^>]*stroke="#000"', svg)
    _draw(pixels, next(filter(None, paths[0])), int(scale[1]) if scale else 1)
    [found] = zxingcpp.read_barcodes(np.kron(pixels, np.ones((2, 2), np.uint8)))
    return str(found.text)


def _draw(pixels: Image, path: str, scale: int) -> None:
    """Strokes of one module's height: M and m go somewhere, h draws."""
    x = y = 0.0
    for command, text in re.findall(r"([Mmh])([^Mmh]*)", path):
        numbers = [float(each) for each in text.split()]
        if command == "h":
            top = round((y - 0.5) * scale)
            pixels[top : top + scale, round(x * scale) : round((x + numbers[0]) * scale)] = 0
            x += numbers[0]
        else:
            across, down = numbers
            x, y = (across, down) if command == "M" else (x + across, y + down)

"""A printer that fails in every way it can: the visit goes on, and the officer is told what to do."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest
import zxingcpp

from hardware.printer_wires import connect_network
from hardware.protocols import Code, Image, Paragraph, Slip
from hardware.sim.printer_server import Mode, PrinterServer
from kiosk.spooler import OwnSlip, PrintOrder
from kiosk.visits import Given
from tests.web.conftest import Screen

STOPS = "Máy in báo lỗi. Xin tắt bật lại máy in"
SILENT = "Máy in không trả lời. Xin kiểm tra dây cắm và nguồn"
IN_WORDS = {
    Mode.NO_PAPER: "Máy in hết giấy. Xin thay cuộn giấy",
    Mode.RUNS_OUT: "Máy in hết giấy. Xin thay cuộn giấy",
    Mode.COVER_OPEN: "Nắp máy in đang mở. Xin đóng nắp",
    Mode.ERROR: STOPS,
    Mode.HANG_UP: STOPS,
    Mode.MUTE: SILENT,
    Mode.HALF_CLOSE: SILENT,
    Mode.WRONG_BITS: SILENT,
}


@pytest.mark.parametrize("mode", IN_WORDS)
def test_a_failing_printer_keeps_nobody_and_is_named_within_three_seconds(screen: Screen, mode: Mode) -> None:
    with plugged_in(screen, mode):
        given = pledges(screen)
        began = time.monotonic()
        told = waits_for_the_slip(screen)
        assert time.monotonic() - began < 3
    assert "Xin chụp lại màn hình này" in told
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
        assert "Xin chụp lại màn hình này" in waits_for_the_slip(screen)
    screen.logs_in()
    assert "Không thấy thiết bị. Xin kiểm tra dây cắm và nguồn." in screen.sees("/officer/").text


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
    assert (odd.state, next_one.state) == ("interrupted", "printed")
    assert "a slip was not printed" in caplog.text
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
def plugged_in(screen: Screen, mode: Mode) -> Iterator[PrinterServer]:
    """The make-believe printer of the network at the end of the station's wire."""
    printer = screen.station.devices.printer
    before = printer._connect  # type: ignore[attr-defined]
    with PrinterServer(0, mode) as server:
        running = threading.Thread(target=server.serve_forever, args=(0.02,))
        running.start()
        address = f"127.0.0.1:{server.port}"
        printer._connect = partial(connect_network, address, stall_seconds=0.3)  # type: ignore[attr-defined]
        try:
            yield server
        finally:
            printer._connect = before  # type: ignore[attr-defined]
            server.shutdown()
            running.join()


def pledges(screen: Screen) -> Given:
    visit = screen.has_answered_everything()
    assert screen.sends("/pledge/").status_code == 200
    assert visit.given is not None
    return visit.given


def waits_for_the_slip(screen: Screen) -> str:
    """What the receipt says when it is known whether paper came."""
    while "Đang in" in (page := screen.sees("/receipt/").text):
        time.sleep(0.05)
    return page


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

"""The printer's lamp: what ails it and what to do, on the make-believe printer over a real socket."""

from __future__ import annotations

import fcntl
import os
import pty
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.printer import open_printer
from hardware.protocols import PaperState, Trouble
from hardware.settings import PrinterSettings
from hardware.sim.printer_server import Mode
from kiosk.health.devices import PRINTER, examine_printer
from kiosk.health.finding import Finding, Health
from tests.hardware.printers import FONTS, a_printer
from tests.processes import free_port


@pytest.mark.parametrize(
    ("mode", "words"),
    {
        Mode.NEAR_END: "Máy in sắp hết giấy. Xin để sẵn cuộn giấy mới.",
        Mode.NO_PAPER: "Máy in hết giấy. Xin thay cuộn giấy.",
        Mode.COVER_OPEN: "Nắp máy in đang mở. Xin đóng nắp máy in.",
        Mode.ERROR: "Máy in báo lỗi. Xin tắt bật lại máy in.",
        Mode.MUTE: "Máy in không trả lời. Xin xem máy in đã bật chưa",
        Mode.HALF_CLOSE: "Máy in không trả lời. Xin xem máy in đã bật chưa",
        Mode.WRONG_BITS: "Máy in trả lời khác lệnh ESC/POS. Xin xem loại máy in",
    }.items(),
)
def test_the_printers_lamp_says_what_ails_it_and_what_to_do(mode: Mode, words: str) -> None:
    with a_printer(mode) as server:
        told = lamp("network", f"127.0.0.1:{server.port}")
    assert f"{told.sentence} {told.remedy}".startswith(words)
    assert told.health is (Health.WATCH if mode is Mode.NEAR_END else Health.BAD)


def test_a_printer_that_cannot_be_asked_says_why() -> None:
    port = free_port()
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "rb", buffering=0) as other, switched_off() as address:
        fcntl.flock(other, fcntl.LOCK_EX)
        told = {
            "Không thấy máy in.": lamp("usb", "ffff:fffe"),
            "Chương trình khác đang giữ máy in.": lamp("serial", os.ttyname(theirs)),
            "Máy in trả lời khác lệnh ESC/POS.": lamp("serial", os.devnull),
            "Máy in không nhận kết nối.": lamp("network", f"127.0.0.1:{port}"),
            "Địa chỉ của máy in trên mạng không trả lời.": lamp("network", address),
        }
    assert {each.sentence for each in told.values()} == set(told)
    assert {each.health for each in told.values()} == {Health.BAD}
    assert all(each.remedy for each in told.values())


def test_a_station_that_wants_no_printer_is_well_without() -> None:
    told = lamp("none", "")
    assert (told.health, told.sentence) == (Health.GOOD, "Máy này không có máy in.")


def test_a_printer_that_is_only_written_to_is_never_well(tmp_path: Path) -> None:
    told = lamp("file", str(tmp_path / "lp0"))
    assert (told.health, told.sentence) == (Health.WATCH, "Máy in loại này không báo tình trạng.")


def test_every_way_a_printer_may_be_has_its_own_words() -> None:
    cannot_be = {Trouble.UNSURE, Trouble.FAILED}  # of a slip, not of a printer that is asked
    assert set(PRINTER) == {*PaperState, *Trouble} - cannot_be
    assert len({each.sentence for each in PRINTER.values()}) == len(PRINTER)


@contextmanager
def switched_off() -> Iterator[str]:
    """An address that takes no more callers and does not refuse any: nothing comes back from it."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            yield f"127.0.0.1:{port}"


def lamp(driver: str, address: str) -> Finding:
    return examine_printer(open_printer(PrinterSettings(driver, address, 576), FONTS))

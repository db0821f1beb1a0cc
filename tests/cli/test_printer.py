"""kiosk printer: asked and tried over a real socket, by a running station or by the command itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.printer_search import Found, found_printers
from hardware.sim.printer_server import Mode, PrinterServer
from tests.hardware.printers import a_printer
from tests.hardware.receipts import codes_on
from tests.processes import House, run_kiosk, with_printer, write_settings
from tests.stations import enrol

pytestmark = pytest.mark.slow


def settings(folder: Path, server: PrinterServer) -> Path:
    """kiosk.toml of the checkout with this printer on the network."""
    return write_settings(folder, with_printer(server.port))


@pytest.mark.parametrize(
    ("mode", "code", "words"),
    [
        (Mode.OK, 0, "ok: Máy in sẵn sàng."),
        (Mode.NEAR_END, 0, "near-end: Máy in sắp hết giấy. Xin để sẵn cuộn giấy mới."),
        (Mode.NO_PAPER, 1, "no-paper: Máy in hết giấy. Xin thay cuộn giấy."),
        (Mode.MUTE, 1, "silent: Máy in không trả lời. Xin xem máy in đã bật chưa"),
    ],
)
def test_the_printer_says_how_it_is(tmp_path: Path, mode: Mode, code: int, words: str) -> None:
    with a_printer(mode) as server:
        done = run_kiosk("--config", str(settings(tmp_path, server)), "printer", "status")
    assert (done.returncode, done.stdout.startswith(words)) == (code, True), done.stdout


def test_a_trial_slip_shows_every_letter_and_a_code(tmp_path: Path) -> None:
    with a_printer() as server:
        done = run_kiosk("--config", str(settings(tmp_path, server)), "printer", "test")
        [slip] = server.slips
    assert done.stdout == "printed\n"
    assert codes_on(slip.paper.picture) == ["BHXH1|TEST|0"]


def test_out_of_paper_is_a_sentence(tmp_path: Path) -> None:
    with a_printer(Mode.NO_PAPER) as server:
        done = run_kiosk("--config", str(settings(tmp_path, server)), "printer", "test")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Máy in hết giấy. Xin thay cuộn giấy rồi in lại. [no-paper]" in done.stderr


@pytest.mark.parametrize("command", [("printer", "status"), ("printer", "test"), ("doctor",), ("serve",)])
def test_an_address_that_cannot_be_one_is_named_before_anything_is_asked(tmp_path, command) -> None:
    named = {'driver = "sim" ': 'driver = "network" ', 'address = ".demo/slips"': 'address = "printer.lan"'}
    path = write_settings(tmp_path, named)
    done = run_kiosk("--config", str(path), "--data", str(tmp_path), *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "[printer] address must be an IP address, not a name" in done.stderr
    assert "printer.lan" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_running_station_prints_it_itself(tmp_path: Path) -> None:
    enrol(tmp_path)
    house = House(tmp_path)
    house.start("serve")
    try:
        assert house.kiosk("printer", "status").stdout.startswith("ok: ")
        assert house.kiosk("printer", "test").stdout == "printed\n"
        assert len(list((tmp_path / "slips").glob("test-*.png"))) == 1
    finally:
        house.stop()


def test_what_is_plugged_in_is_named_as_kiosk_toml_wants_it(tmp_path: Path) -> None:
    device = tmp_path / "bus/1-1"
    (device / "1-1:1.0").mkdir(parents=True)
    for name, word in {
        "idVendor": "04b8",
        "idProduct": "0e15",
        "manufacturer": "EPSON",
        "product": "TM",
    }.items():
        (device / name).write_text(f"{word}\n")
    (tmp_path / "sys/class/usbmisc/lp0").mkdir(parents=True)
    (tmp_path / "sys/class/usbmisc/lp0/device").symlink_to(device / "1-1:1.0")
    line = tmp_path / "dev/serial/by-id/usb-STM_POS-if00"
    line.parent.mkdir(parents=True)
    line.touch()
    assert found_printers(tmp_path) == [
        Found("usb", "04b8:0e15", "EPSON TM"),
        Found("serial", str(line), "printer or code reader"),
    ]

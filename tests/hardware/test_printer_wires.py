"""The printer driver over other wires: a pty, a file; and which driver kiosk.toml names."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import sys
import threading
from functools import partial

import pytest

from hardware.escpos_printer import EscposPrinter
from hardware.printer import open_printer
from hardware.printer_wires import connect_file, connect_serial, connect_usb
from hardware.protocols import PaperState, Trouble
from hardware.settings import PrinterSettings
from hardware.sim.paper import read_paper
from hardware.sim.printer import SimPrinter
from hardware.sim.thermal import Thermal
from tests.conftest import ROOT
from tests.hardware.printers import FONTS, SHORT, a_printer, trouble_with


def test_a_serial_printer_answers_and_prints():
    printed = []
    thermal = Thermal(384, printed.append)
    ours, theirs = pty.openpty()
    name = os.ttyname(theirs)

    def serve() -> None:
        while True:
            try:
                data = os.read(ours, 1024)
            except OSError:
                return  # the other side is closed
            if data == b"bye":
                return
            os.write(ours, thermal.take(data) or b"")

    serving = threading.Thread(target=serve)
    serving.start()
    printer = EscposPrinter(partial(connect_serial, name), FONTS, 384)
    try:
        assert printer.state() is PaperState.OK
        printer.print_slip(SHORT)
    finally:
        os.write(theirs, b"bye")
        serving.join()
        os.close(ours)
        os.close(theirs)
    assert len(printed) == 1


def test_a_serial_printer_that_another_program_has_is_busy_until_it_is_free():
    ours, theirs = pty.openpty()
    printer = EscposPrinter(partial(connect_serial, os.ttyname(theirs)), FONTS, 384, turn_seconds=0)
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "rb", buffering=0) as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.BUSY
        fcntl.flock(other, fcntl.LOCK_UN)
        assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.SILENT, "asked, and nobody there"


def test_a_printer_that_only_takes_is_trusted_but_never_called_ok(tmp_path):
    printer = EscposPrinter(partial(connect_file, str(tmp_path / "lp0")), FONTS, 576)
    printer.print_slip(SHORT)
    printer.print_slip(SHORT)
    assert len(read_paper((tmp_path / "lp0").read_bytes(), 576).cuts) == 2
    assert printer.state() is PaperState.UNKNOWN


def test_a_usb_printer_is_found_by_its_ids(tmp_path):
    interface = tmp_path / "bus" / "1-1" / "1-1:1.0"
    interface.mkdir(parents=True)
    (interface.parent / "idVendor").write_text("04b8\n")
    (interface.parent / "idProduct").write_text("0e15\n")
    (tmp_path / "classes" / "lp1").mkdir(parents=True)
    (tmp_path / "classes" / "lp1" / "device").symlink_to(interface)
    (tmp_path / "lp1").touch()

    folders = {"classes": tmp_path / "classes", "devices": tmp_path}
    connect_usb("04B8:0E15", **folders).close()
    with pytest.raises(FileNotFoundError, match="no USB printer 04b8:0202"):
        connect_usb("04b8:0202", **folders)


# Which printer


def test_the_driver_kiosk_toml_names_is_opened(tmp_path):
    assert isinstance(open_printer(PrinterSettings("sim", str(tmp_path), 576), FONTS), SimPrinter)
    with a_printer() as server:
        network = open_printer(PrinterSettings("network", f"127.0.0.1:{server.port}", 576), FONTS)
        assert network.state() is PaperState.OK


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        (
            PrinterSettings("bluetooth", "", 576),
            "driver must be one of none, sim, network, usb, serial, file, cups",
        ),
        (PrinterSettings("sim", "", 512), "width_dots must be one of"),
    ],
)
def test_a_setting_that_cannot_work_is_named(settings, complaint):
    with pytest.raises(ValueError, match=complaint):
        open_printer(settings, FONTS)


def test_loading_the_driver_leaves_nothing_in_the_temporary_folder(tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", "import hardware.printer"], check=True, cwd=ROOT, env=environment)
    assert list(tmp_path.iterdir()) == []

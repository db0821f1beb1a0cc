"""The printer driver over other wires: a pty, a file; and which driver kiosk.toml names."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from io import RawIOBase
from pathlib import Path

import pytest

from hardware.escpos_job import slip_job
from hardware.escpos_printer import EscposPrinter
from hardware.printer import open_printer
from hardware.printer_wires import Wire, connect_file, connect_serial, connect_usb
from hardware.protocols import PaperState, Trouble
from hardware.settings import PrinterSettings
from hardware.sim.paper import read_paper
from hardware.sim.printer import SimPrinter
from hardware.sim.thermal import Printed, Thermal
from hardware.slip import draw_slip
from tests.conftest import ROOT
from tests.hardware.printers import FONTS, SHORT, a_printer, trouble_with


@contextmanager
def a_printer_on_a_line(pack: Callable[[bytes], bytes]) -> Iterator[tuple[int, list[Printed]]]:
    """A make-believe printer at the end of a pseudo-terminal: our end, and what it printed.

    `pack` makes of its answers what stands on the line.
    """
    printed: list[Printed] = []
    thermal = Thermal(384, printed.append)
    ours, theirs = pty.openpty()

    def serve() -> None:
        while (data := os.read(ours, 1024)) != b"bye":
            if answers := thermal.take(data):
                os.write(ours, pack(answers))

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        yield theirs, printed
    finally:
        os.write(theirs, b"bye")
        serving.join()
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize("speed", ["", "@19200"])
def test_a_serial_printer_answers_and_prints(speed):
    with a_printer_on_a_line(bytes) as (line, printed):
        printer = EscposPrinter(partial(connect_serial, os.ttyname(line) + speed), FONTS, 384)
        assert printer.state() is PaperState.OK
        set_to = termios.tcgetattr(line)[4:6]
        printer.print_slip(SHORT)
    assert len(printed) == 1
    assert set_to == [termios.B19200 if speed else termios.B115200] * 2


def test_a_path_that_is_no_serial_line_is_a_wrong_format_and_none_is_absent(tmp_path):
    assert EscposPrinter(partial(connect_serial, os.devnull), FONTS, 384).state() is Trouble.WRONG_FORMAT
    nowhere = str(tmp_path / "nowhere")
    assert EscposPrinter(partial(connect_serial, nowhere), FONTS, 384).state() is Trouble.ABSENT


def test_a_slip_that_broke_off_spoils_no_other():
    """Killed in the middle of a slice: the printer does not see that its line was cut."""
    job = slip_job(draw_slip(SHORT, 384, FONTS))
    with a_printer_on_a_line(bytes) as (line, printed):
        connect = partial(connect_serial, os.ttyname(line))
        with closing(connect()) as wire:
            wire.send(job[: len(job) // 2])
        EscposPrinter(connect, FONTS, 384, sees_hang_up=False).print_slip(SHORT)
    [slip] = printed
    whole = read_paper(job, 384).picture
    rows = slip.paper.picture.height
    tail = slip.paper.picture.crop((0, rows - whole.height, 384, rows))
    assert tail.tobytes() == whole.tobytes()


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


def test_a_device_is_not_let_go_before_it_has_taken_the_last_piece(tmp_path):
    """A full pipe stands for usblp, which forgets on closing what it has not handed on yet."""
    took = []

    def take_all() -> None:
        took.append("a piece")
        os.read(reader, 1 << 20)

    with a_full_pipe(tmp_path / "lp0", stall_seconds=60) as (wire, reader):
        taking = threading.Timer(0.1, take_all)
        taking.start()
        wire.finish()
        assert took, "let go while nobody had taken it"
        taking.join()


def test_a_device_that_keeps_its_last_piece_or_goes_with_it_may_have_printed(tmp_path):
    with a_full_pipe(tmp_path / "lp0", stall_seconds=0.05) as (wire, _), pytest.raises(TimeoutError):
        wire.finish()
    with a_full_pipe(tmp_path / "lp1", stall_seconds=60) as (wire, reader):
        with os.fdopen(os.open(os.devnull, os.O_RDONLY), "rb") as nothing:
            os.dup2(nothing.fileno(), reader)
        with pytest.raises(ConnectionResetError):
            wire.finish()


def test_a_slip_whose_end_a_device_does_not_take_may_have_printed(tmp_path):
    os.mkfifo(tmp_path / "lp0")
    job = slip_job(draw_slip(SHORT, 576, FONTS))
    with os.fdopen(os.open(tmp_path / "lp0", os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as device:
        os.set_blocking(device.fileno(), True)
        fcntl.fcntl(device, fcntl.F_SETPIPE_SZ, 4096)
        with os.fdopen(os.open(tmp_path / "lp0", os.O_WRONLY), "wb"):  # so that it waits for the slip
            taking = threading.Thread(target=take, args=(device, len(job) - 1))
            taking.start()
            connect = partial(connect_file, str(tmp_path / "lp0"), stall_seconds=1.5)
            printer = EscposPrinter(connect, FONTS, 576)
            assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.UNSURE
            taking.join()


def take(device: RawIOBase, size: int) -> None:
    """Take so many bytes and no more."""
    while size > 0:
        size -= len(device.read(min(size, 1024)) or b"")


@contextmanager
def a_full_pipe(path: Path, stall_seconds: float) -> Iterator[tuple[Wire, int]]:
    """A wire that has handed over all it can, and the end at which it is taken."""
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with closing(connect_file(str(path), stall_seconds=stall_seconds)) as wire:
        wire.send(bytes(fcntl.fcntl(reader, fcntl.F_GETPIPE_SZ)))
        yield wire, reader
    os.close(reader)


def test_a_usb_printer_is_found_by_its_ids(tmp_path):
    folders = plugged_in(tmp_path)
    (tmp_path / "lp1").touch()
    connect_usb("04B8:0E15", **folders).close()
    with pytest.raises(FileNotFoundError, match="no USB printer 04b8:0202"):
        connect_usb("04b8:0202", **folders)


def test_a_usb_printer_prints_and_its_empty_packets_are_no_hang_up(tmp_path):
    """usblp gives an empty packet as a read of nothing; so does a terminal at its end-of-file character."""
    with a_printer_on_a_line(lambda answers: b"".join(b"\x04%c\x04" % each for each in answers)) as peer:
        line, printed = peer
        packets_for(line)
        (tmp_path / "lp1").symlink_to(os.ttyname(line))
        folders = plugged_in(tmp_path)
        with closing(connect_usb("04b8:0e15", **folders)) as wire:
            wire.send(b"\x10\x04\x01")
            assert wire.receive(5) == b"\x12", "the printer's answer, after an empty packet"
            assert wire.receive(0) == b""
        printer = EscposPrinter(partial(connect_usb, "04b8:0e15", **folders), FONTS, 384)
        assert printer.state() is PaperState.OK
        printer.print_slip(SHORT)
        [slip] = printed
    drawn = draw_slip(SHORT, 384, FONTS)
    assert slip.paper.picture.crop((0, 0, 384, drawn.height)).tobytes() == drawn.tobytes()


def packets_for(line: int) -> None:
    """Have a terminal give what it is sent in packets that end at a byte of 4, and change nothing else."""
    *_, speed, _, marks = termios.tcgetattr(line)
    marks = [b"\0"] * len(marks)
    marks[termios.VEOF] = b"\x04"
    flags = [0, 0, termios.CS8 | termios.CREAD, termios.ICANON]
    termios.tcsetattr(line, termios.TCSANOW, [*flags, speed, speed, marks])


def plugged_in(folder: Path) -> dict[str, Path]:
    """What the kernel says of a USB printer 04b8:0e15 at lp1; its device is to be put into the folder."""
    interface = folder / "bus" / "1-1" / "1-1:1.0"
    interface.mkdir(parents=True)
    (interface.parent / "idVendor").write_text("04b8\n")
    (interface.parent / "idProduct").write_text("0e15\n")
    (folder / "classes" / "lp1").mkdir(parents=True)
    (folder / "classes" / "lp1" / "device").symlink_to(interface)
    return {"classes": folder / "classes", "devices": folder}


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
        (
            PrinterSettings("network", "localhost:9100", 576),
            r"\[printer\] address must be an IP address, not a name",
        ),
        (PrinterSettings("network", "", 576), "address must be an IP address"),
        (PrinterSettings("network", "192.168..5", 576), "address must be an IP address"),
        (PrinterSettings("network", "192.168.1.5:x", 576), "address has a port that is none"),
        (PrinterSettings("network", "192.168.1.5:65536", 576), "address has a port that is none"),
        (
            PrinterSettings("serial", "/dev/ttyS0@9601", 576),
            "speed of the line, one of 19200, .*: '/dev/ttyS0@9601'",
        ),
    ],
)
def test_a_setting_that_cannot_work_is_named(settings, complaint):
    with pytest.raises(ValueError, match=complaint):
        open_printer(settings, FONTS)


def test_loading_the_driver_leaves_nothing_in_the_temporary_folder(tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", "import hardware.printer"], check=True, cwd=ROOT, env=environment)
    assert list(tmp_path.iterdir()) == []

"""The printer driver over real wires: a make-believe printer on a TCP port, a pty, a file; and the twin."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from hardware.escpos_printer import STUCK_SECONDS, EscposPrinter
from hardware.printer import open_printer
from hardware.printer_wires import Wire, connect_file, connect_network, connect_serial, connect_usb
from hardware.protocols import DeviceError, PaperState, Paragraph, Rule, Slip, Title, Trouble
from hardware.settings import PrinterSettings
from hardware.sim.paper import read_paper
from hardware.sim.printer import SimPrinter
from hardware.sim.printer_server import Mode, PrinterServer
from hardware.sim.thermal import Thermal
from hardware.slip import draw_slip
from tests.conftest import ROOT
from tests.hardware.receipts import A_RECEIPT, WIDTHS, code_of, codes_on

FONTS = ROOT / "static" / "fonts"
SHORT = Slip("0042-0002-9", (Title("BIÊN NHẬN"), *[Paragraph("Đã lưu tại máy này")] * 8, Rule()))


@contextmanager
def a_printer(mode: Mode = Mode.OK, width: int = 576) -> Iterator[PrinterServer]:
    """A make-believe printer on a free port, until the end of the block."""
    with PrinterServer(0, mode, width) as server:
        running = threading.Thread(target=server.serve_forever, args=(0.02,))
        running.start()
        try:
            yield server
        finally:
            server.shutdown()
            running.join()


def driver(
    server: PrinterServer, width: int = 576, *, stall_seconds: float = 0.3, turn_seconds: float = 0.0
) -> EscposPrinter:
    """The real driver, plugged into it; less patient than at work."""
    connect = partial(connect_network, f"127.0.0.1:{server.port}", stall_seconds=stall_seconds)
    return EscposPrinter(connect, FONTS, width, turn_seconds=turn_seconds)


def trouble_with(printing: Callable[[], None]) -> Trouble:
    with pytest.raises(DeviceError) as why:
        printing()
    assert why.value.device == "printer"
    return why.value.trouble


# Over TCP


@pytest.mark.parametrize("width", WIDTHS)
def test_a_slip_over_the_network_comes_out_as_drawn(width):
    with a_printer(width=width) as server:
        driver(server, width).print_slip(A_RECEIPT)
        [printed] = server.slips
    drawn = draw_slip(A_RECEIPT, width, FONTS)
    assert printed.paper.picture.crop((0, 0, width, drawn.height)).tobytes() == drawn.tobytes()
    assert codes_on(printed.paper.picture) == [code_of(A_RECEIPT)]
    assert server.fault is None


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        (Mode.OK, PaperState.OK),
        (Mode.SLOW, PaperState.OK),
        (Mode.NEAR_END, PaperState.NEAR_END),
        (Mode.NO_PAPER, PaperState.NO_PAPER),
        (Mode.COVER_OPEN, PaperState.COVER_OPEN),
        (Mode.ERROR, PaperState.ERROR),
        (Mode.MUTE, Trouble.SILENT),
        (Mode.HALF_CLOSE, Trouble.SILENT),
        (Mode.WRONG_BITS, Trouble.WRONG_FORMAT),
    ],
)
def test_the_printer_is_believed_only_when_it_says_how_it_is(mode, state):
    with a_printer(mode) as server:
        assert driver(server).state() is state


@pytest.mark.parametrize("mode", [Mode.NEAR_END, Mode.SLOW])
def test_a_low_roll_and_a_slow_printer_still_print(mode):
    with a_printer(mode) as server:
        driver(server).print_slip(SHORT)
        assert len(server.slips) == 1


@pytest.mark.parametrize(
    ("mode", "trouble"),
    [
        (Mode.NO_PAPER, Trouble.NO_PAPER),
        (Mode.COVER_OPEN, Trouble.COVER_OPEN),
        (Mode.ERROR, Trouble.FAILED),
        (Mode.MUTE, Trouble.SILENT),
        (Mode.HALF_CLOSE, Trouble.SILENT),
        (Mode.WRONG_BITS, Trouble.WRONG_FORMAT),
    ],
)
def test_an_unready_printer_is_sent_not_one_dot(mode, trouble):
    with a_printer(mode) as server:
        assert trouble_with(lambda: driver(server).print_slip(SHORT)) is trouble
        assert server.slips == []


@pytest.mark.parametrize(
    ("mode", "trouble"),
    [(Mode.RUNS_OUT, Trouble.NO_PAPER), (Mode.HANG_UP, Trouble.FAILED), (Mode.STUCK, Trouble.FAILED)],
)
def test_a_slip_that_stops_half_way_is_not_called_printed(mode, trouble):
    with a_printer(mode) as server:
        assert trouble_with(lambda: driver(server).print_slip(A_RECEIPT)) is trouble
        assert server.slips == []


def test_a_printer_that_stands_still_is_named_at_once_and_waited_for():
    assert STUCK_SECONDS < 2, "with a page that asks every second: within three"
    with a_printer(Mode.STUCK) as server:
        printer = driver(server, stall_seconds=60)
        printing = threading.Thread(target=printer.print_slip, args=(A_RECEIPT,))
        printing.start()
        while not printer.is_stuck:
            printing.join(0.02)
            assert printing.is_alive(), "given up before it was named"
        assert printer.state() is Trouble.STALLED
        server.goes_on.set()
        printing.join(60)
        assert len(server.slips) == 1
        assert not printer.is_stuck


def test_a_slow_printer_is_no_stuck_one():
    with a_printer(Mode.SLOW) as server:
        printer = driver(server)
        printing = threading.Thread(target=printer.print_slip, args=(A_RECEIPT,))
        printing.start()
        while printing.is_alive():
            assert not printer.is_stuck
            printing.join(0.01)
        assert len(server.slips) == 1


def test_a_printer_that_falls_silent_with_the_whole_slip_in_it_may_have_printed():
    with a_printer(Mode.FALLS_SILENT) as server:
        assert trouble_with(lambda: driver(server).print_slip(A_RECEIPT)) is Trouble.UNSURE
        assert len(server.slips) == 1, "as it happens"


# Taken by somebody else


def test_a_printer_that_another_computer_has_is_waited_for():
    with a_printer() as server, other_computer(server) as other:
        printer = driver(server, turn_seconds=60)
        printing = threading.Thread(target=printer.print_slip, args=(SHORT,))
        printing.start()
        printing.join(0.8)
        assert printing.is_alive(), "given up while there was time"
        assert server.slips == []
        other.close()
        printing.join(60)
        assert len(server.slips) == 1


def test_a_printer_that_another_computer_keeps_is_refused_without_a_dot_and_free_again_later():
    with a_printer() as server:
        printer = driver(server, turn_seconds=0.2)
        with other_computer(server):
            assert printer.state() is Trouble.SILENT
            assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.SILENT
        printer.print_slip(SHORT)
        assert len(server.slips) == 1, "and nothing is left of the first attempt"


@contextmanager
def other_computer(server: PrinterServer) -> Iterator[socket.socket]:
    """Somebody else at the one connection the printer has."""
    with socket.create_connection(("127.0.0.1", server.port), 5) as other:
        other.sendall(b"\x10\x04\x01")
        assert other.recv(1), "it is his"
        yield other


@pytest.mark.parametrize(
    ("refusal", "trouble"),
    [
        (errno.EBUSY, Trouble.BUSY),  # usblp, and a terminal under TIOCEXCL
        (errno.EWOULDBLOCK, Trouble.BUSY),  # a lock on a serial line
        (errno.ENOENT, Trouble.ABSENT),
        (errno.EHOSTUNREACH, Trouble.UNREACHABLE),
        (errno.ETIMEDOUT, Trouble.UNREACHABLE),
        (errno.EACCES, Trouble.FORBIDDEN),
    ],
)
def test_what_the_system_refuses_is_named(refusal, trouble):
    def connect() -> Wire:
        raise OSError(refusal, os.strerror(refusal))

    printer = EscposPrinter(connect, FONTS, 384, turn_seconds=0)
    assert trouble_with(lambda: printer.print_slip(SHORT)) is trouble


def test_a_new_roll_is_noticed_without_a_restart():
    with a_printer(Mode.NO_PAPER) as server:
        printer = driver(server)
        assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.NO_PAPER
        server.thermal.condition = PaperState.OK
        printer.print_slip(SHORT)
        assert len(server.slips) == 1


def test_the_last_slip_of_the_roll_prints_and_the_next_is_refused():
    with a_printer() as server:
        server.thermal.paper = 1
        printer = driver(server)
        printer.print_slip(SHORT)
        assert printer.state() is PaperState.NO_PAPER
        assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.NO_PAPER


def test_a_closed_port_refuses():
    with a_printer() as server:
        printer = driver(server)
    assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.REFUSED
    assert printer.state() is Trouble.REFUSED


def test_missing_fonts_are_a_failure_of_the_printer_not_of_the_visit(tmp_path):
    with a_printer() as server:
        printer = EscposPrinter(partial(connect_network, f"127.0.0.1:{server.port}"), tmp_path, 576)
        assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.FAILED


def test_asking_does_not_wait_for_a_slip_that_is_printing():
    with a_printer(Mode.SLOW) as server:
        printer = driver(server)
        printing = threading.Thread(target=printer.print_slip, args=(A_RECEIPT,))
        printing.start()
        seen = set()
        while printing.is_alive():
            seen.add(printer.state())
            printing.join(0.01)
        assert seen <= {PaperState.OK, PaperState.UNKNOWN}, "unknown only before the first answer"
        assert len(server.slips) == 1


# Other wires


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


def test_a_slip_reaches_a_raw_queue_of_cups_whole(queue):
    printer = open_printer(PrinterSettings("cups", "counter", 576), FONTS)
    printer.print_slip(SHORT)
    assert len(read_paper((queue / "printed").read_bytes(), 576).cuts) == 1
    asked = (queue / "asked").read_text()
    assert asked.startswith("-s -d counter -o raw")
    assert asked.strip().endswith("-"), "read from the pipe: there is no file"
    assert printer.state() is PaperState.UNKNOWN, "trusted, never called ok"


def test_a_queue_that_refuses_or_is_not_there_is_named(queue, monkeypatch):
    broken = open_printer(PrinterSettings("cups", "broken", 576), FONTS)
    assert trouble_with(lambda: broken.print_slip(SHORT)) is Trouble.FAILED
    monkeypatch.setenv("PATH", str(queue))
    assert trouble_with(lambda: broken.print_slip(SHORT)) is Trouble.ABSENT


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


# The twin


@pytest.mark.parametrize("width", WIDTHS)
def test_the_twin_keeps_each_slip_as_bytes_and_picture(tmp_path, width):
    printer = SimPrinter(FONTS, tmp_path / "slips", width)
    printer.print_slip(A_RECEIPT)
    name = tmp_path / "slips" / A_RECEIPT.name
    paper = read_paper(name.with_suffix(".bin").read_bytes(), width).picture
    with Image.open(name.with_suffix(".png")) as kept:
        assert kept.tobytes() == paper.tobytes()
    assert sorted(each.name for each in (tmp_path / "slips").iterdir()) == [
        "0042-0001-7.bin",
        "0042-0001-7.png",
    ]


def test_the_twin_runs_out_of_paper_as_the_real_one_does(tmp_path):
    printer = SimPrinter(FONTS, tmp_path, 384, paper=1)
    assert printer.state() is PaperState.NEAR_END
    printer.print_slip(SHORT)
    assert (printer.paper, printer.state()) == (0, PaperState.NO_PAPER)
    assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.NO_PAPER


def test_the_twin_fails_when_its_folder_cannot_be_written(tmp_path):
    (tmp_path / "slips").touch()
    printer = SimPrinter(FONTS, tmp_path / "slips", 384)
    assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.FAILED


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


# The make-believe printer as a process


@contextmanager
def a_process(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "hardware.sim.printer_server", "--port", "0", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(5)


def test_the_process_prints_into_its_folder(tmp_path: Path):
    with a_process("--folder", str(tmp_path), "--paper", "1") as (process, line):
        said = re.fullmatch(r"Printer: 127\.0\.0\.1:(\d+) \(ok\)\n", line)
        assert said
        EscposPrinter(partial(connect_network, f"127.0.0.1:{said[1]}"), FONTS, 576).print_slip(A_RECEIPT)
        assert process.stdout
        assert process.stdout.readline().endswith("slip-0001.png\n")
    assert process.returncode == 0
    with Image.open(tmp_path / "slip-0001.png") as kept:
        assert codes_on(kept) == [code_of(A_RECEIPT)]


def test_a_port_in_use_is_a_sentence():
    with a_printer() as server:
        command = [sys.executable, "-m", "hardware.sim.printer_server", "--port", str(server.port)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert (
        ran.stderr
        == f"Port {server.port} cannot be used: Address already in use. Choose another with --port.\n"
    )

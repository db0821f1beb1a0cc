"""The printer driver over a real wire: a make-believe printer on a TCP port."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from hardware.escpos_printer import STUCK_SECONDS, EscposPrinter
from hardware.printer_wires import Wire, connect_network
from hardware.protocols import PaperState, Trouble
from hardware.sim.printer_server import Mode, PrinterServer
from hardware.slip import draw_slip
from tests.bench.printing import OF_500_ROWS, ordered_until_cut
from tests.hardware.printers import FONTS, SHORT, a_printer, driver, trouble_with
from tests.hardware.receipts import A_RECEIPT, WIDTHS, code_of, codes_on


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


def test_a_slip_of_500_rows_is_cut_within_200_milliseconds_of_the_order():
    assert draw_slip(OF_500_ROWS, 576, FONTS).height >= 500
    assert min(ordered_until_cut(OF_500_ROWS, times=3)) < 0.2


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


def test_a_printer_that_is_tried_again_and_again_says_why_meanwhile():
    tried = threading.Semaphore(0)

    def connect() -> Wire:
        tried.release()
        raise OSError(errno.ECONNREFUSED, "")

    printer = EscposPrinter(connect, FONTS, 576, turn_seconds=1)
    printing = threading.Thread(target=trouble_with, args=(lambda: printer.print_slip(SHORT),))
    printing.start()
    assert tried.acquire(timeout=60)
    assert tried.acquire(timeout=60), "and so the first attempt is over"
    assert printer.state() is Trouble.REFUSED
    printing.join(60)


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

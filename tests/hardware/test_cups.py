"""Slips through a raw queue of CUPS, with programs in the place of its `lp` and `lpstat`."""

from __future__ import annotations

from functools import partial

import pytest

from hardware.cups import connect_cups
from hardware.escpos_printer import EscposPrinter
from hardware.printer import open_printer
from hardware.protocols import PaperState, Trouble
from hardware.settings import PrinterSettings
from hardware.sim.paper import read_paper
from tests.hardware.printers import FONTS, SHORT, put_program, trouble_with


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


def test_a_queue_that_took_the_slip_and_does_not_come_back_may_print_it(queue):
    """Printed again it might come out twice: the officer is asked whether there is paper."""
    put_program(queue / "bin" / "lp", f"cat > {queue}/printed", "exec sleep 60")
    printer = EscposPrinter(partial(connect_cups, "counter", stall_seconds=0.5), FONTS, 576)
    assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.UNSURE


DISABLED = "printer counter disabled since Wed Nov 26 09:00:00 2026 -"


def test_a_stopped_queue_is_given_nothing_until_it_goes_on(queue):
    """It would keep the slip, and print it when its parent is long gone."""
    lpstat = queue / "bin" / "lpstat"
    put_program(lpstat, f'[ "$LC_ALL $*" = "C -p counter" ] && echo "{DISABLED}"', "echo '\tPaused'")
    printer = EscposPrinter(partial(connect_cups, "counter"), FONTS, 576, turn_seconds=0)
    assert printer.state() is Trouble.REFUSED
    assert trouble_with(lambda: printer.print_slip(SHORT)) is Trouble.REFUSED
    assert not (queue / "asked").exists()
    put_program(lpstat, 'echo "printer counter is idle.  enabled since Wed Nov 26 09:05:00 2026"')
    printer.print_slip(SHORT)
    assert len(read_paper((queue / "printed").read_bytes(), 576).cuts) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("echo 'lpstat: Invalid destination name in list \"counter\"!' >&2", "exit 1"),
        ("echo 'printer counter is idle.  enabled since today'", "echo '\ton the disabled since side'"),
        ("exec sleep 60",),
    ],
)
def test_what_lpstat_does_not_know_the_slip_itself_will_tell(queue, lines):
    put_program(queue / "bin" / "lpstat", *lines)
    printer = open_printer(PrinterSettings("cups", "counter", 576), FONTS)
    assert printer.state() is PaperState.UNKNOWN
    printer.print_slip(SHORT)
    assert (queue / "printed").exists()

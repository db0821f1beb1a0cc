"""The thermal printer: everything is drawn, nothing depends on its code pages."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

from hardware.escpos_status import ask_state, wait_until_printed
from hardware.printer_wires import Wire
from hardware.protocols import DeviceError, PaperState, Slip, Trouble

_REFUSALS = {
    PaperState.NO_PAPER: Trouble.NO_PAPER,
    PaperState.COVER_OPEN: Trouble.COVER_OPEN,
    PaperState.ERROR: Trouble.FAILED,
    PaperState.UNKNOWN: Trouble.SILENT,
}
_CONNECT_TROUBLES = {
    errno.EBUSY: Trouble.BUSY,
    errno.EWOULDBLOCK: Trouble.BUSY,
    errno.EACCES: Trouble.FAILED,
    errno.EPERM: Trouble.FAILED,
}


def warm_up() -> None:
    """Load what draws a slip and what writes its commands, before somebody waits for one.

    Source: they take as long to import as Flask does, and no page needs them (make bench ARGS=station).
    """
    for each in ("hardware.slip", "hardware.escpos_job"):
        import_module(each)


class EscposPrinter:
    """A printer that understands ESC/POS, at the end of any wire.

    Shape: `connect` is called anew for each job and each question, so a printer may come and go.
    """

    def __init__(self, connect: Callable[[], Wire], fonts: Path, width_dots: int) -> None:
        self._connect = connect
        self._fonts = fonts
        self._width_dots = width_dots
        self._one_at_a_time = threading.Lock()
        self._last_state = PaperState.UNKNOWN

    def state(self) -> PaperState:
        """Ask the printer how it is; at most one second.

        While a slip is printing: what it said as that slip began.
        """
        if not self._one_at_a_time.acquire(blocking=False):
            return self._last_state
        try:
            self._last_state = self._ask()
            return self._last_state
        finally:
            self._one_at_a_time.release()

    def print_slip(self, slip: Slip) -> None:
        """Draw the slip, print it and cut the paper.

        Errors: DeviceError. A printer that says nothing is refused before a dot is sent; one that can only be
                written to (driver "file") is trusted.
        """
        from hardware.escpos_job import slip_job  # noqa: PLC0415 - see warm_up
        from hardware.slip import draw_slip  # noqa: PLC0415

        try:
            picture = draw_slip(slip, self._width_dots, self._fonts)
        except OSError as why:
            raise _error(Trouble.FAILED) from why  # the fonts are gone
        with self._one_at_a_time, closing(self._reach()) as wire:
            self._refuse_unless_ready(wire)
            try:
                wire.send(slip_job(picture))
                printed = not wire.two_way or wait_until_printed(wire, _patience_seconds(picture.height))
            except OSError as why:
                wire.close()  # most printers take one caller at a time
                raise _error(_REFUSALS_IN_MID_SLIP.get(self._ask(), Trouble.FAILED)) from why
            if not printed:  # it stopped half-way, or does not know the question: a fresh line tells which
                wire.close()
                self._last_state = self._ask()
                _refuse(self._last_state)

    def _reach(self) -> Wire:
        try:
            return self._connect()
        except OSError as why:
            raise _error(_CONNECT_TROUBLES.get(why.errno or 0, Trouble.ABSENT)) from why

    def _ask(self) -> PaperState:
        try:
            with closing(self._connect()) as wire:
                return ask_state(wire) if wire.two_way else PaperState.UNKNOWN
        except OSError:
            return PaperState.UNKNOWN

    def _refuse_unless_ready(self, wire: Wire) -> None:
        if wire.two_way:
            self._last_state = ask_state(wire)
            _refuse(self._last_state)


_REFUSALS_IN_MID_SLIP = {**_REFUSALS, PaperState.UNKNOWN: Trouble.FAILED}


def _patience_seconds(rows: int) -> float:
    """How long a slip may take to come out.

    Units:  50 mm/s at 8 rows to the millimetre, and two seconds for the knife.
    Source: half of what data sheets of slow 58 mm printers promise; no printer was here to be measured.
    """
    return 2.0 + rows / 400


def _refuse(state: PaperState) -> None:
    if trouble := _REFUSALS.get(state):
        raise _error(trouble)


def _error(trouble: Trouble) -> DeviceError:
    return DeviceError("printer", trouble)

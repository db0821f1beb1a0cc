"""The thermal printer: everything is drawn, nothing depends on its code pages."""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path

from hardware.escpos_status import ask_state, wait_until_printed
from hardware.printer_wires import Wire
from hardware.protocols import OPEN_TROUBLES, DeviceError, PaperState, Slip, Trouble

log = logging.getLogger(__name__)

STUCK_SECONDS = 1.5  # without a sign of life: said at once, long before the slip is given up
TURN_SECONDS = 1.5  # how long another computer's slip is waited for; with one more question, within three

_REFUSALS: dict[str, Trouble] = {
    PaperState.NO_PAPER: Trouble.NO_PAPER,
    PaperState.COVER_OPEN: Trouble.COVER_OPEN,
    PaperState.ERROR: Trouble.FAILED,
}
_GONE = {each.value: each for each in (Trouble.ABSENT, Trouble.UNREACHABLE)}
_CONNECT_TROUBLES = OPEN_TROUBLES | {
    errno.EWOULDBLOCK: Trouble.BUSY,
    errno.ECONNREFUSED: Trouble.REFUSED,
    errno.EADDRNOTAVAIL: Trouble.UNREACHABLE,
    errno.EHOSTUNREACH: Trouble.UNREACHABLE,
    errno.EHOSTDOWN: Trouble.UNREACHABLE,
    errno.ENETUNREACH: Trouble.UNREACHABLE,
    errno.ENETDOWN: Trouble.UNREACHABLE,
}
_MAY_PASS = (Trouble.BUSY, Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.SILENT, Trouble.WRONG_FORMAT)
"""How a printer looks that is printing for somebody else. Source: network printers have one connection; a
second caller is refused, left without an answer, or let in and not answered."""
_TURN_PAUSE_SECONDS = 0.1
_PIECE_BYTES = 1024  # after each is known whether the printer still takes any


def warm_up() -> None:
    """Load what draws a slip and what writes its commands, before somebody waits for one.

    Source: they take as long to import as Flask does, and no page needs them (make bench ARGS=station).
    """
    for each in ("hardware.slip", "hardware.escpos_job"):
        import_module(each)


class EscposPrinter:
    """A printer that understands ESC/POS, at the end of any wire.

    Shape: `connect` is called anew for each job and each question, so a printer may come and go;
           `sees_hang_up` is false where the printer cannot see that the line was cut, as by USB or a serial
           cable: it goes on waiting for what was left of a slip.
    """

    def __init__(
        self,
        connect: Callable[[], Wire],
        fonts: Path,
        width_dots: int,
        *,
        turn_seconds: float = TURN_SECONDS,
        sees_hang_up: bool = True,
    ) -> None:
        self._connect = connect
        self._fonts = fonts
        self._width_dots = width_dots
        self._turn_seconds = turn_seconds
        self._one_at_a_time = threading.Lock()
        self._last_state: PaperState | Trouble = PaperState.UNKNOWN
        self._moved_at: float | None = None  # monotonic; None while no dot was sent
        self._sees_hang_up = sees_hang_up
        self._broke_off = True  # a slip, perhaps: nobody knows what was before this start

    def state(self) -> PaperState | Trouble:
        """Ask the printer how it is; at most one second.

        While a slip is printing: what it said as that slip began, stalled once nothing moves.
        """
        if not self._one_at_a_time.acquire(blocking=False):
            return Trouble.STALLED if self.is_stuck else self._last_state
        try:
            self._last_state = self._ask()
            return self._last_state
        finally:
            self._one_at_a_time.release()

    @property
    def is_stuck(self) -> bool:
        """Say whether a slip is printing and the printer has given no sign for a while; it may still come."""
        moved_at = self._moved_at
        return moved_at is not None and time.monotonic() - moved_at > STUCK_SECONDS

    def print_slip(self, slip: Slip) -> None:
        """Draw the slip, print it and cut the paper.

        Errors: DeviceError. A printer that says nothing is refused before a dot is sent; one that can only be
                written to (drivers "file" and "cups") is trusted.
        """
        from hardware.escpos_job import slip_job  # noqa: PLC0415 - see warm_up
        from hardware.slip import draw_slip  # noqa: PLC0415

        try:
            picture = draw_slip(slip, self._width_dots, self._fonts)
        except Exception as why:  # noqa: BLE001 - nothing was sent, so that it is no question whether paper came
            log.error("a slip was not drawn: %s", type(why).__name__)  # noqa: TRY400 - its text may hold words
            raise _error(Trouble.FAILED) from None
        with self._one_at_a_time, closing(self._wait_for_turn()) as wire:
            self._broke_off = True
            try:
                self._hand_over(wire, slip_job(picture))
                if wire.two_way:
                    self._see_it_out(wire, _patience_seconds(picture.height))
                else:
                    _trust(wire)
            finally:
                self._moved_at = None
            self._broke_off = False

    def _finish_what_broke_off(self) -> None:
        """A printer that cannot see that its line was cut would take the next slip's head for dots."""
        from hardware.escpos_job import rest_of_a_slice  # noqa: PLC0415 - see warm_up

        with suppress(OSError), closing(self._connect()) as wire:
            wire.send(rest_of_a_slice(self._width_dots))
            wire.finish()

    def _wait_for_turn(self) -> Wire:
        """Give a wire to a printer that is ready. Asks again for a while: nothing was sent yet.

        Errors: DeviceError, what stood in the way last.
        """
        if self._broke_off and not self._sees_hang_up:
            self._finish_what_broke_off()
        until = time.monotonic() + self._turn_seconds
        while True:
            try:
                return self._ready_wire()
            except DeviceError as why:
                if why.trouble not in _MAY_PASS or time.monotonic() > until:
                    raise
            time.sleep(_TURN_PAUSE_SECONDS)

    def _ready_wire(self) -> Wire:
        try:
            wire = self._connect()
        except OSError as why:
            self._last_state = _trouble_of(why)
            raise _error(self._last_state) from why
        if wire.two_way:
            self._last_state = state = ask_state(wire)
            if trouble := state if isinstance(state, Trouble) else _REFUSALS.get(state):
                wire.close()
                raise _error(trouble)
        return wire

    def _hand_over(self, wire: Wire, job: bytes) -> None:
        """Give the printer every piece; one that takes no more has not been told to cut."""
        try:
            for at in range(0, len(job), _PIECE_BYTES):
                self._moved()
                wire.send(job[at : at + _PIECE_BYTES])
        except OSError as why:
            wire.close()  # most printers take one caller at a time
            raise _error((_REFUSALS | _GONE).get(self._ask(), Trouble.FAILED)) from why

    def _see_it_out(self, wire: Wire, seconds: float) -> None:
        """Wait until it came out.

        Errors: DeviceError; unsure, if the printer has fallen silent or hung up with the whole slip in it.
        """
        hung_up = False
        try:
            if wait_until_printed(wire, seconds, self._moved):
                return
        except OSError:
            hung_up = True
        wire.close()  # it stopped half-way, or does not know the question: a fresh line tells which
        self._last_state = self._ask()
        if isinstance(self._last_state, Trouble) or (hung_up and self._last_state not in _REFUSALS):
            raise _error(Trouble.UNSURE)
        if trouble := _REFUSALS.get(self._last_state):
            raise _error(trouble)

    def _ask(self) -> PaperState | Trouble:
        try:
            with closing(self._connect()) as wire:
                return ask_state(wire) if wire.two_way else PaperState.UNKNOWN
        except OSError as why:
            return _trouble_of(why)

    def _moved(self) -> None:
        self._moved_at = time.monotonic()


def _trust(wire: Wire) -> None:
    """See a slip on its way to a printer that cannot be asked.

    Errors: DeviceError; unsure, if it was handed over and may come out all the same: no second one then.
    """
    try:
        wire.finish()
    except (TimeoutError, ConnectionError) as why:
        raise _error(Trouble.UNSURE) from why
    except OSError as why:
        raise _error(Trouble.FAILED) from why


def _patience_seconds(rows: int) -> float:
    """How long a slip may take to come out.

    Units:  50 mm/s at 8 rows to the millimetre, and two seconds for the knife.
    Source: half of what data sheets of slow 58 mm printers promise; no printer was here to be measured.
    """
    return 2.0 + rows / 400


def _trouble_of(why: OSError) -> Trouble:
    """Why there is no line."""
    if isinstance(why, TimeoutError):
        return Trouble.UNREACHABLE
    return _CONNECT_TROUBLES.get(why.errno or 0, Trouble.ABSENT)


def _error(trouble: Trouble) -> DeviceError:
    return DeviceError("printer", trouble)

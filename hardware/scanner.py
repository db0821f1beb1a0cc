"""Hand-held barcode readers on a serial line or USB-CDC: one thread each, whole codes handed over."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event, Thread

from serial import Serial

from hardware.protocols import OPEN_TROUBLES, Trouble
from hardware.serial_line import open_line
from hardware.settings import ScannerSettings

BAUD = 9600  # factory setting of the common readers; USB-CDC ignores it
LONGEST_CODE_BYTES = 4096  # a QR code holds 2,953 at most (ISO/IEC 18004, version 40-L); more is line noise
PATIENCE_SECONDS = 0.2  # how long one read waits, hence how soon `close` is obeyed
_OPEN_TROUBLES = OPEN_TROUBLES | {errno.EAGAIN: Trouble.BUSY}
PAUSE_SECONDS = 1.0  # between attempts to find an unplugged reader


class SerialScanner:
    """One reader. Survives being unplugged: looks for its path until it is back.

    `hand_over` gets the bytes of each code without its line end, on this reader's own thread.
    """

    def __init__(self, path: str, hand_over: Callable[[bytes], None]) -> None:
        self.trouble: Trouble | None = Trouble.ABSENT  # until it is open
        self._path, self._hand_over = path, hand_over
        self._stop = Event()
        self._thread = Thread(target=self._own, name="scanner", daemon=True)

    def start(self) -> None:
        """Begin to listen. Call it after a fork, once."""
        self._thread.start()

    def close(self) -> None:
        """Stop listening, within a second. Safe to call twice, and before `start`."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)

    def _own(self) -> None:
        while not self._stop.is_set():
            try:
                with closing(open_line(self._path, BAUD, seconds=PATIENCE_SECONDS)) as port:
                    self.trouble = None
                    for code in codes_in(self._chunks(port)):
                        self._hand_over(code)
            except OSError as why:  # pyserial's own errors are OSErrors, too
                self.trouble = _OPEN_TROUBLES.get(why.errno or 0, Trouble.ABSENT)
            self._stop.wait(PAUSE_SECONDS)

    def _chunks(self, port: Serial) -> Iterator[bytes]:
        while not self._stop.is_set():
            yield port.read(max(1, port.in_waiting))


def open_scanners(settings: ScannerSettings, hand_over: Callable[[bytes], None]) -> tuple[SerialScanner, ...]:
    """Start every reader kiosk.toml names; one that is unplugged joins when it comes."""
    scanners = tuple(SerialScanner(path, hand_over) for path in settings.serial)
    for each in scanners:
        each.start()
    return scanners


def codes_in(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut a stream of bytes into codes at CR, LF or both; empty ones and endless ones are dropped."""
    pending, endless = b"", False
    for chunk in chunks:
        *whole, pending = (pending + chunk).replace(b"\r", b"\n").split(b"\n")
        for code in whole:
            if code and not endless:
                yield code
            endless = False
        if len(pending) > LONGEST_CODE_BYTES:
            pending, endless = b"", True

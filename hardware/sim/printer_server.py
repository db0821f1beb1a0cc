"""A network printer that is none: `python -m hardware.sim.printer_server --port 9100`.

Reads ESC/POS on a TCP port as the box on the counter does, keeps the paper, answers questions, can be ill.
"""

from __future__ import annotations

import argparse
import socket
import socketserver
import sys
import threading
import time
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from hardware.protocols import PaperState
from hardware.sim.paper import StreamError
from hardware.sim.slips import keep_slip
from hardware.sim.thermal import ROLL_SLIPS, Printed, Thermal

_SMALL_BUFFER = 4096  # what cheap printers have
_MID_SLIP_ROWS = 300
_MID_SLIP_BYTES = 8192


class Mode(StrEnum):
    """How the printer behaves."""

    OK = "ok"
    NEAR_END = "near-end"
    NO_PAPER = "no-paper"
    COVER_OPEN = "cover-open"
    ERROR = "error"
    WRONG_BITS = "wrong-bits"  # answers without the bits that are always set
    MUTE = "mute"  # prints, never answers
    SLOW = "slow"  # takes a small buffer at a time
    HALF_CLOSE = "half-close"  # goes on taking, but has closed its own side
    HANG_UP = "hang-up"  # breaks the line in mid-slip
    STUCK = "stuck"  # takes nothing more in mid-slip, until `goes_on`
    FALLS_SILENT = "falls-silent"  # prints the slip, and answers nothing more from mid-slip on
    RUNS_OUT = "runs-out"  # the paper ends in mid-slip


_CONDITIONS = {
    Mode.NEAR_END: PaperState.NEAR_END,
    Mode.NO_PAPER: PaperState.NO_PAPER,
    Mode.COVER_OPEN: PaperState.COVER_OPEN,
    Mode.ERROR: PaperState.ERROR,
    Mode.WRONG_BITS: PaperState.UNKNOWN,
}


class PrinterServer(socketserver.ThreadingTCPServer):
    """The printer on its port.

    Shape: `slips` are those that fell so far, `fault` the first command it did not know.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self, port: int, mode: Mode = Mode.OK, width_dots: int = 576, paper: int = ROLL_SLIPS
    ) -> None:
        self.mode = mode
        self.slips: list[Printed] = []
        self.fault: StreamError | None = None
        self.thermal = Thermal(width_dots, self.slips.append, paper)
        self.thermal.condition = _CONDITIONS.get(mode, PaperState.OK)
        self.thermal.rows_left = _MID_SLIP_ROWS if mode is Mode.RUNS_OUT else None
        self.one_caller = threading.Lock()
        self.goes_on = threading.Event()
        super().__init__(("127.0.0.1", port), _Call)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind with the buffer of a small printer, so that callers feel it."""
        if self.mode in (Mode.SLOW, Mode.STUCK):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL_BUFFER)
        super().server_bind()

    def server_close(self) -> None:
        """Stop listening, and let go of a caller who is kept waiting."""
        self.goes_on.set()
        super().server_close()


class _Call(socketserver.BaseRequestHandler):
    server: PrinterServer
    request: socket.socket

    def handle(self) -> None:
        """Serve one caller, alone, until one of the two hangs up."""
        with self.server.one_caller, suppress(OSError):
            if self.server.mode is Mode.HALF_CLOSE:
                self.request.shutdown(socket.SHUT_WR)
            taken = 0
            while data := self.request.recv(_SMALL_BUFFER):
                taken += len(data)
                in_mid_slip = taken > _MID_SLIP_BYTES
                if in_mid_slip and self.server.mode is Mode.HANG_UP:
                    break
                if in_mid_slip and self.server.mode is Mode.STUCK:
                    self.server.goes_on.wait()
                if self.server.mode is Mode.SLOW:
                    time.sleep(0.02)
                if in_mid_slip and self.server.mode is Mode.FALLS_SILENT:
                    self.server.mode = Mode.MUTE
                self._reply(self._take(data))
            self.server.thermal.hang_up()

    def _take(self, data: bytes) -> bytes:
        try:
            return self.server.thermal.take(data)
        except StreamError as why:
            self.server.fault = self.server.fault or why
            raise ConnectionAbortedError from why

    def _reply(self, answers: bytes) -> None:
        if answers and self.server.mode not in (Mode.MUTE, Mode.HALF_CLOSE):
            self.request.sendall(answers)


def main() -> None:
    """Run the printer until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m hardware.sim.printer_server", description=__doc__)
    parser.add_argument("--port", type=int, default=9100, help="0 takes a free one and prints it")
    parser.add_argument("--paper", type=int, default=ROLL_SLIPS, metavar="N", help="slips left on the roll")
    parser.add_argument(
        "--mode", type=Mode, default=Mode.OK, choices=list(Mode), metavar="MODE", help=", ".join(Mode)
    )
    parser.add_argument("--width", type=int, default=576, metavar="DOTS", help="576 or 384")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="keep each slip there as PNG and bytes")
    wanted = parser.parse_args()
    try:
        server = PrinterServer(wanted.port, wanted.mode, wanted.width, wanted.paper)
    except OSError as why:
        sys.exit(f"Port {wanted.port} cannot be used: {why.strerror}. Choose another with --port.")
    with server, suppress(KeyboardInterrupt):
        print(f"Printer: 127.0.0.1:{server.port} ({wanted.mode})", flush=True)
        threading.Thread(target=_keep_slips, args=(server, wanted.folder), daemon=True).start()
        server.serve_forever()


def _keep_slips(server: PrinterServer, folder: Path | None) -> None:
    kept = 0
    while True:
        time.sleep(0.2)
        for slip in server.slips[kept:]:
            kept += 1
            if folder:
                keep_slip(folder, f"slip-{kept:04d}", slip)
                print(f"{folder / f'slip-{kept:04d}.png'}", flush=True)


if __name__ == "__main__":
    main()

"""A make-believe printer at the end of a real wire, and the real driver plugged into it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from hardware.escpos_printer import EscposPrinter
from hardware.printer_wires import connect_network
from hardware.protocols import DeviceError, Paragraph, Rule, Slip, Title, Trouble
from hardware.sim.printer_server import Mode, PrinterServer
from tests.conftest import ROOT

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


def put_program(path: Path, *lines: str) -> None:
    """A shell script in the place of one of the system's programs."""
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), "utf-8")
    path.chmod(0o755)

"""What a slip costs, and how much of it can be read back."""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import mean, median

from hardware.escpos_job import slip_job
from hardware.escpos_printer import EscposPrinter, warm_up
from hardware.printer_wires import connect_network
from hardware.protocols import Slip
from hardware.sim.paper import read_paper
from hardware.sim.printer import SimPrinter
from hardware.sim.printer_server import PrinterServer
from hardware.slip import draw_slip
from kiosk.actions.print_receipt import print_one
from kiosk.cli.context import now
from kiosk.spooler import PrintOrder, Spooler
from kiosk.store import database
from tests.conftest import ROOT
from tests.hardware.receipts import (
    A_RECEIPT,
    RECEIPTS,
    WIDTHS,
    code_of,
    codes_on,
    likeness,
    text_on,
    words_of,
)

FONTS = ROOT / "static" / "fonts"
OF_500_ROWS = Slip("0042-0002-9", A_RECEIPT.blocks[:6])


def run(full: bool) -> None:
    """Print costs, then what machines read off the paper."""
    for width in WIDTHS:
        _costs(width, times=20 if full else 3)
    for slip in (A_RECEIPT, OF_500_ROWS):
        taken = ordered_until_cut(slip, times=20 if full else 3)
        rows = draw_slip(slip, 576, FONTS).height
        _line(f"ordered after the commit until cut, {rows} rows", median(taken))
    for width in WIDTHS:
        _read_back(width, RECEIPTS if full else RECEIPTS[:1])


def _costs(width: int, times: int) -> None:
    drawn = draw_slip(A_RECEIPT, width, FONTS)
    job = slip_job(drawn)
    print(f"{width} dots: {drawn.height} rows, {drawn.height / 8:.0f} mm, {len(job)} bytes")
    _line("draw", _median(lambda: draw_slip(A_RECEIPT, width, FONTS), times))
    _line("write the job", _median(lambda: slip_job(drawn), times))
    with tempfile.TemporaryDirectory() as folder:
        twin = SimPrinter(FONTS, Path(folder), width)
        _line("whole slip on the twin, two files synced", _median(lambda: twin.print_slip(A_RECEIPT), times))
    with PrinterServer(0, width_dots=width) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        printer = EscposPrinter(partial(connect_network, f"127.0.0.1:{server.port}"), FONTS, width)
        ours = _median(lambda: printer.print_slip(A_RECEIPT), times)
        bare = _median(lambda: _send_and_wait(server.port, job), times)
        server.shutdown()
    _line("whole slip over TCP, questions included", ours)
    _line("the same bytes over a bare socket, one question", bare)
    print(f"    ratio {ours / bare:.1f}\n")


def ordered_until_cut(slip: Slip, times: int) -> list[float]:
    """Seconds from the order that follows a pledge's commit until the printer has cut the slip, over TCP."""
    with PrinterServer(0, width_dots=576) as server, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        printer = EscposPrinter(partial(connect_network, f"127.0.0.1:{server.port}"), FONTS, 576)
        db_path = Path(folder) / "station.db"
        database.prepare(db_path)
        spooler = Spooler(partial(print_one, printer, db_path, now))
        spooler.start()
        warm_up()

        def order_and_wait() -> None:
            before, until = len(server.slips), time.monotonic() + 60
            spooler.submit(PrintOrder("", slip))
            while len(server.slips) == before:
                assert time.monotonic() < until, "no slip came"
                time.sleep(0.001)

        order_and_wait()
        taken = _seconds(order_and_wait, times)
        spooler.stop()
        server.shutdown()
    return taken


def _send_and_wait(port: int, job: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(job + b"\x1dr\x01")
        line.recv(1)


def _read_back(width: int, receipts: tuple[Slip, ...]) -> None:
    shares, codes = [], 0
    for receipt in receipts:
        paper = read_paper(slip_job(draw_slip(receipt, width, FONTS)), width).picture
        shares.append(likeness(words_of(receipt), text_on(paper)))
        codes += codes_on(paper) == [code_of(receipt)]
    print(
        f"{width} dots: tesseract reads {mean(shares):.2%} of characters (worst {min(shares):.2%}), "
        f"QR {codes} of {len(shares)}"
    )


def _median(work: Callable[[], object], times: int) -> float:
    return median(_seconds(work, times))


def _seconds(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def _line(what: str, seconds: float) -> None:
    print(f"    {what:<50} {seconds * 1000:7.1f} ms")

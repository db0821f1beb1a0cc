"""The printers that stand in for one: in the process, and as a process on a TCP port."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from hardware.escpos_printer import EscposPrinter
from hardware.printer_wires import connect_network
from hardware.protocols import PaperState, Trouble
from hardware.sim.paper import read_paper
from hardware.sim.printer import SimPrinter
from tests.conftest import ROOT
from tests.hardware.printers import FONTS, SHORT, a_printer, trouble_with
from tests.hardware.receipts import A_RECEIPT, WIDTHS, code_of, codes_on


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


# As a process


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

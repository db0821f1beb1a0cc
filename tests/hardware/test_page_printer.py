"""The A4 printer: pages go to `lp` by a pipe, and whatever goes wrong is a DeviceError."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.page_printer import open_page_printer
from hardware.protocols import DeviceError, PagePrinter, Trouble
from hardware.settings import PagePrinterSettings

PDF = b"%PDF-1.3 pages"


def printer(driver: str, address: str) -> PagePrinter:
    opened = open_page_printer(PagePrinterSettings(driver, address))
    assert opened is not None
    return opened


def test_pages_reach_the_queue_from_memory(queue: Path) -> None:
    printer("cups", "office").print_pages(PDF)
    assert (queue / "printed").read_bytes() == PDF
    asked = (queue / "asked").read_text().split()
    assert asked[:3] == ["-s", "-d", "office"]
    assert "media=A4" in asked
    assert asked[-1] == "-", "read from the pipe: there is no file"


def test_a_queue_that_refuses_says_so(queue: Path) -> None:
    with pytest.raises(DeviceError) as refused:
        printer("cups", "broken").print_pages(PDF)
    assert refused.value.trouble is Trouble.FAILED


def test_without_cups_the_printer_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceError) as refused:
        printer("cups", "office").print_pages(PDF)
    assert refused.value.trouble is Trouble.ABSENT


def test_the_twin_lays_pages_into_its_tray(tmp_path: Path) -> None:
    twin = printer("sim", str(tmp_path / "tray"))
    twin.print_pages(PDF)
    twin.print_pages(PDF + b"2")
    assert [each.read_bytes() for each in sorted((tmp_path / "tray").iterdir())] == [PDF, PDF + b"2"]


def test_no_printer_is_no_fault_and_a_wrong_one_is_named() -> None:
    assert open_page_printer(PagePrinterSettings("none", "")) is None
    for driver, address in (("laser", "x"), ("cups", "")):
        with pytest.raises(ValueError, match="page_printer"):
            open_page_printer(PagePrinterSettings(driver, address))

"""What printer, camera and reader must do: make-believe ones always, a station's own with --hardware TOML."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hardware.camera import OpencvCamera
from hardware.printer import open_printer
from hardware.protocols import PaperState, ReceiptPrinter, Subject, Trouble
from hardware.scanner import open_scanners
from hardware.settings import CameraSettings, PrinterSettings
from kiosk import config
from tests.conftest import ROOT
from tests.hardware.printers import a_printer
from tests.hardware.receipts import A_RECEIPT
from tests.hardware.test_camera import lay, picture

FONTS = ROOT / "static" / "fonts"
PEER_AND_OWN = ["peer", pytest.param("own", marks=pytest.mark.hardware)]
READY = {PaperState.OK, PaperState.NEAR_END}


@pytest.fixture
def station(request: pytest.FixtureRequest) -> config.Config:
    """The station whose devices are to be tried."""
    return config.load(Path(request.config.getoption("--hardware")).resolve())


@pytest.fixture(params=PEER_AND_OWN)
def settings(request: pytest.FixtureRequest) -> Iterator[PrinterSettings]:
    """[printer] of one that is switched on and has paper."""
    if request.param == "own":
        yield _own_printer(request.getfixturevalue("station").printer)
        return
    with a_printer() as server:
        yield PrinterSettings("network", f"127.0.0.1:{server.port}", 576)


def _own_printer(settings: PrinterSettings) -> PrinterSettings:
    if settings.driver in ("sim", "none"):
        pytest.skip(f"no printer to try: [printer] driver is {settings.driver}")
    state = open_printer(settings, FONTS).state()
    if isinstance(state, Trouble):
        pytest.skip(f"the printer at [printer] address {settings.address} cannot be asked: {state}")
    return settings


@pytest.fixture
def printer(settings: PrinterSettings) -> ReceiptPrinter:
    return open_printer(settings, FONTS)


@pytest.fixture
def ready(settings: PrinterSettings) -> set[PaperState]:
    """What a printer that is ready may say; one that only takes says nothing."""
    return {PaperState.UNKNOWN} if settings.driver in ("file", "cups") else READY


def test_a_ready_printer_says_so_within_two_seconds(printer, ready):
    began = time.monotonic()
    assert printer.state() in ready
    assert time.monotonic() - began < 2


def test_slips_come_out_one_after_the_other_and_the_printer_is_ready_again(printer, ready):
    for _ in range(2):
        printer.print_slip(A_RECEIPT)
    assert printer.state() in ready


def test_asking_while_a_slip_is_printing_disturbs_neither(printer, ready):
    printer.state()
    printing = threading.Thread(target=printer.print_slip, args=(A_RECEIPT,))
    printing.start()
    while printing.is_alive():
        began = time.monotonic()
        assert printer.state() in ready
        assert time.monotonic() - began < 2
        printing.join(0.05)


@pytest.fixture(params=PEER_AND_OWN)
def cameras(request: pytest.FixtureRequest, tmp_path: Path) -> CameraSettings:
    """Cameras with something before them."""
    if request.param == "peer":
        desk = lay(tmp_path / "desk", picture((90, 90, 90)), picture((91, 90, 90), seed=1))
        return CameraSettings(f"folder:{desk}", f"folder:{desk}", 320, 240, 20)
    own: CameraSettings = request.getfixturevalue("station").camera
    absent = [each for each in (own.document, own.portrait) if not Path(each).exists()]
    if not own.document.startswith("/dev/"):
        pytest.skip("kiosk.toml names no camera that is a device")
    if absent:
        pytest.skip(f"not plugged in: {absent[0]}")
    return own


def test_each_camera_says_what_it_granted_and_gives_a_still_within_three_seconds(cameras):
    with closing(OpencvCamera(cameras)) as eyes:
        for subject in (Subject.BIRTH_CERTIFICATE, Subject.PORTRAIT):
            eyes.newest(subject)
            began = time.monotonic()
            assert eyes.still(subject).image.ndim == 3
            assert time.monotonic() - began < 3
            assert eyes.granted(subject)


def test_a_camera_that_was_given_back_can_be_opened_again_at_once(cameras):
    for _ in range(2):
        with closing(OpencvCamera(cameras)) as eyes:
            eyes.newest(Subject.CITIZEN_CARD)


@pytest.mark.hardware
def test_the_readers_of_this_station_can_be_heard(station):
    if not station.scanners.serial:
        pytest.skip("kiosk.toml names no reader: [scanners] serial is empty")
    if absent := [each for each in station.scanners.serial if not Path(each).exists()]:
        pytest.skip(f"not plugged in: {absent[0]}")
    readers = open_scanners(station.scanners, lambda _code: None)
    time.sleep(3)
    troubles = [each.trouble for each in readers]
    for each in readers:
        each.close()
    assert troubles == [None] * len(readers)

"""kill -9 of serve before, in and after a slip: the officer is asked, and nothing comes out unasked."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import cv2
import httpx
import numpy as np
import pytest
from PIL import Image

from hardware.protocols import Trouble
from hardware.sim.printer_server import Mode
from kiosk.cli.counter import ask_serve
from kiosk.domain.receipt import ReceiptCode
from kiosk.rehearsal import OFFICERS
from kiosk.store import print_jobs
from sync.durable import open_db
from tests.conftest import ROOT
from tests.faults.declaring import CutShort, pledge
from tests.faults.kill_everybody import SETTINGS
from tests.hardware.receipts import codes_on
from tests.processes import House, free_port, with_printer, write_settings
from tests.stations import enrol, take_on_officers

pytestmark = pytest.mark.fault
ASKED = "Không rõ đã in chưa. Xin hỏi phụ huynh đã có giấy chưa."


@dataclass
class Counter:
    """A station and the printer on its counter, each a process."""

    house: House
    port: int
    slips: Path

    @contextmanager
    def printer(self, mode: Mode, pile: str = "") -> Iterator[subprocess.Popen[str]]:
        """The printer, switched on until the end of the block; what is half printed then never comes.

        Shape: its slips fall on a pile, named like its mode if not otherwise.
        """
        command = [sys.executable, "-m", "hardware.sim.printer_server", "--port", str(self.port)]
        folder = self.slips / (pile or mode)
        with subprocess.Popen(
            [*command, "--mode", mode, "--folder", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline().startswith("Printer:")
                yield process
            finally:
                process.send_signal(signal.SIGCONT)
                process.kill()

    def pledges_and_serve_is_killed(self, when: Callable[[], bool]) -> str:
        """Declare; kill serve as soon as it is time, while the slip counts as printing; start it again."""
        before = self.states()
        with ThreadPoolExecutor(1) as visitor, suppress(CutShort, httpx.TransportError):
            declared = visitor.submit(self._declare)
            until = time.monotonic() + 120
            while not when():
                assert time.monotonic() < until, f"that moment never came: {self.states()}"
                time.sleep(0.005)
            self.house.kill("serve")
            declared.result()
        [code] = self.states().keys() - before.keys()
        assert self.states()[code] == "printing", "killed in time"
        self.house.start("serve")
        assert self.states()[code] == "interrupted"
        return code

    def _declare(self) -> None:
        with httpx.Client(base_url=self.house.station_url, timeout=60, trust_env=False) as browser:
            pledge(browser)

    def prints(self) -> bool:
        """Whether serve has begun with a slip."""
        return "printing" in self.states().values()

    def is_stuck(self) -> bool:
        """Whether the printer has begun with it, too, and stands still."""
        return self.prints() and ask_serve(self.data_dir, "/control/printer")["state"] == Trouble.STALLED

    @property
    def data_dir(self) -> Path:
        return self.house.data / "station"

    def states(self) -> dict[str, str]:
        """Receipt code to the state of its slip, of all that are a question still."""
        with open_db(self.house.data / "station" / "station.db") as db:
            return {job.receipt_code: job.state for job in print_jobs.unfinished(db)}

    def fallen(self, pile: str) -> list[str]:
        """The receipt code on each slip of this pile."""
        return [_receipt_on(path) for path in sorted((self.slips / pile).glob("*.png"))]

    def the_officer_answers(self, codes: list[str]) -> None:
        """Both are a question; of the first the parent has paper, the second is printed again."""
        with httpx.Client(base_url=self.house.station_url, timeout=30, trust_env=False) as browser:
            officer, pin = OFFICERS[0]
            browser.post("/officer/login", data={"number": officer.number})
            browser.post("/officer/login/pin", data={"number": officer.number, "pin": pin.digits})
            page = browser.get("/officer/").text
            assert page.count(ASKED) == len(codes)
            for code, answer in zip(codes, ("settle", "print"), strict=True):
                shown = ReceiptCode(code).shown()
                assert shown in page
                assert browser.post(f"/officer/{answer}", data={"code": shown}).status_code == 303

    def awaits_only(self, code: str, pile: str) -> None:
        """Nothing is a question any more; this slip came out, and no other."""
        until = time.monotonic() + 60
        while self.states() or not self.fallen(pile):
            assert time.monotonic() < until, self.states()
            time.sleep(0.02)
        assert self.fallen(pile) == [code]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    enrol(tmp_path)
    take_on_officers(tmp_path)
    (tmp_path / "desk").mkdir()
    cv2.imwrite(str(tmp_path / "desk" / "000.png"), np.zeros((36, 48, 3), np.uint8))
    port = free_port()
    house = House(tmp_path, config=write_settings(tmp_path, SETTINGS | with_printer(port)))
    house.start("serve")
    yield Counter(house, port, tmp_path / "fallen")
    house.stop()


def test_killed_before_the_first_byte(counter: Counter) -> None:
    with counter.printer(Mode.OK) as printer:
        printer.send_signal(signal.SIGSTOP)  # it has the line and says nothing: serve waits for its turn
        codes = [counter.pledges_and_serve_is_killed(counter.prints) for _ in range(2)]
        printer.send_signal(signal.SIGCONT)
        assert counter.fallen(Mode.OK) == []
        counter.the_officer_answers(codes)
        counter.awaits_only(codes[1], Mode.OK)


def test_killed_in_mid_slip(counter: Counter) -> None:
    codes = []
    for _ in range(2):
        with counter.printer(Mode.STUCK):
            codes.append(counter.pledges_and_serve_is_killed(counter.is_stuck))
    assert counter.fallen(Mode.STUCK) == []
    with counter.printer(Mode.OK):
        counter.the_officer_answers(codes)
        counter.awaits_only(codes[1], Mode.OK)


def test_killed_after_the_last_byte_before_it_was_written_down(counter: Counter) -> None:
    codes = []
    for number in (1, 2):
        with counter.printer(Mode.FALLS_SILENT, f"first-{number}"):
            codes.append(
                counter.pledges_and_serve_is_killed(
                    lambda number=number: bool(counter.fallen(f"first-{number}"))
                )
            )
    assert [counter.fallen(f"first-{number}")[0] for number in (1, 2)] == codes, "both are out, nobody knows"
    with counter.printer(Mode.OK):
        counter.the_officer_answers(codes)
        counter.awaits_only(codes[1], Mode.OK)


def _receipt_on(path: Path) -> str:
    with Image.open(path) as slip:
        [text] = codes_on(slip)
    return text.split("|")[1]

"""The live picture while photographs are judged: frames that reach Chromium, CPU, memory."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kiosk import config
from kiosk.rehearsal import lay_family_desk
from tests.conftest import ROOT
from tests.journeys.conftest import CHROMIUM, FLAGS, UPRIGHT
from tests.journeys.visitor import Visitor
from tests.processes import House
from tests.stations import enrol

QUICK_SECONDS, FULL_SECONDS, MEMORY_SECONDS = 6.0, 20.0, 600.0
MARK = b"Content-Type: image/jpeg\r\n"
FPS = 30


class Tap:
    """Stands between browser and station and counts the pictures that pass. Adds one copy of each byte."""

    def __init__(self, port: int) -> None:
        self.pictures = 0
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            browser, _ = self._listener.accept()
            station = socket.create_connection(("127.0.0.1", self._port))
            for source, target in ((browser, station), (station, browser)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(262_144):
                self.pictures += data.count(MARK)
                target.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, target):
                end.close()


def run(full: bool) -> None:
    """Print a row without guidance (a card is scanned), one with (a paper lies badly), and memory."""
    seconds = FULL_SECONDS if full else QUICK_SECONDS
    with tempfile.TemporaryDirectory(prefix="guidance-") as folder, sync_playwright() as playwright:
        house = _house(Path(folder))
        tap = Tap(house.station_port)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            page = chromium.new_page(viewport=UPRIGHT, has_touch=True)
            visitor = Visitor(page, tap.url)
            print("screen                     fps in Chromium   CPU of serve   resident MB")
            visitor.arrive()
            visitor.begin()
            visitor.show_guardian_card()
            visitor.show_child_card()
            visitor.give_contact()
            visitor.sees("Chụp giấy khai sinh")
            _row("certificate, guided", house, tap, seconds)
            _without_guidance(page)
            _row("certificate, not guided", house, tap, seconds)
            if full:
                _memory(page, house)
        finally:
            chromium.close()
            house.stop()


def _house(data: Path) -> House:
    """A station whose paper never lies still, so that the shutter never fires; at thirty frames a second."""
    enrol(data)
    settings = data / "kiosk.toml"
    text = (ROOT / "kiosk.toml").read_text("utf-8")
    text = text.replace("preview_fps = 20", f"preview_fps = {FPS}").replace("\nfps = 20", f"\nfps = {FPS}")
    text = text.replace("page_seconds = 90", "page_seconds = 9000")
    text = text.replace("camera_seconds = 180", "camera_seconds = 9000")
    settings.write_text(text.replace('"kiosk/data/', f'"{ROOT}/kiosk/data/'), "utf-8")
    lay_family_desk(data / "desk", ROOT / "static" / "fonts", config.load(settings).camera)
    _cut_short(data / "desk" / "birth-certificate")
    house = House(data, config=settings)
    house.start("serve")
    return house


def _cut_short(folder: Path) -> None:
    """Leave only the frames before the paper has come to rest, over and over."""
    for path in sorted(folder.iterdir())[28:]:
        path.unlink()


def _without_guidance(page: Page) -> None:
    """The same page, but nobody asks how the paper lies: after three seconds nobody judges it."""
    page.evaluate("document.getElementById('guidance').remove()")
    time.sleep(4)


def _row(what: str, house: House, tap: Tap, seconds: float) -> None:
    pids = _family(house.processes["serve"].pid)
    time.sleep(1.0)
    pictures, cpu, began = tap.pictures, _cpu_seconds(pids), time.monotonic()
    time.sleep(seconds)
    spent = time.monotonic() - began
    rate, share = (tap.pictures - pictures) / spent, (_cpu_seconds(pids) - cpu) / spent
    print(f"{what:<26} {rate:9.1f} of {FPS}   {share:10.0%}   {_megabytes(pids):10.0f}", flush=True)


def _memory(page: Page, house: House) -> None:
    page.reload()
    pids = _family(house.processes["serve"].pid)
    began = time.monotonic()
    while (passed := time.monotonic() - began) < MEMORY_SECONDS:
        print(f"guided for {passed:4.0f} s: {_megabytes(pids):6.0f} MB resident", flush=True)
        time.sleep(60)


def _family(pid: int) -> list[int]:
    """A process and its children; gunicorn's worker is one."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(int(each) for each in children)]


def _cpu_seconds(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _megabytes(pids: list[int]) -> float:
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

"""A panel without glass: an X server with the station's window manager, and `kiosk browse` on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.processes import House, run_kiosk


@dataclass
class Panel:
    """`home` is where the browser's home, temporary folder and profile lie."""

    display: str
    url: str
    log: Path
    home: Path
    browse: subprocess.Popen[bytes]

    def beats(self) -> int:
        return int(httpx.get(f"{self.url}/heartbeat/").json()["count"])

    def windows(self) -> list[str]:
        return self.press("search", "--onlyvisible", "--class", "chromium").split()

    def press(self, *arguments: str) -> str:
        environment = os.environ | {"DISPLAY": self.display}
        command = ["xdotool", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout

    def browsers(self, kind: str = "") -> list[int]:
        """Processes of this panel's browser, or those of one kind."""
        asked = ["pgrep", "-f", f"{kind}.*user-data-dir={self.home / 'profile'}"]
        found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        return [int(each) for each in found.split()]


def wait_for(what: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)


@contextmanager
def a_panel(house: House, *flags: str) -> Iterator[Panel]:
    """In front of a station that serves; the page beats when it begins."""
    with tempfile.TemporaryDirectory() as home:  # short: Chromium's socket lies there, its path has 108 bytes
        yield from _panel(house, Path(home), flags)


def _panel(house: House, home: Path, flags: Sequence[str]) -> Iterator[Panel]:
    for program in ("Xvfb", "openbox", "xdotool", "chromium", "pgrep"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    run_kiosk("install", "--into", str(house.data))
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
        pass_fds=(write,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as answer:
        display = f":{answer.readline().strip()}"
    environment = os.environ | {"DISPLAY": display, "HOME": str(home), "TMPDIR": str(home)}
    openbox = house.data / "etc/bhxh-station/openbox.xml"
    manager = subprocess.Popen(
        ["openbox", "--sm-disable", "--config-file", str(openbox)], env=environment, stderr=subprocess.DEVNULL
    )
    command = [sys.executable, "-m", "kiosk", "browse", "--url", f"{house.station_url}/", "--silence", "5"]
    command += ["--profile", str(home / "profile")]
    command += [f"--flag={each}" for each in ("--no-sandbox", "--disable-gpu", *flags)]
    log = house.data / "browse.log"
    with log.open("wb") as out:
        browse = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    shown = Panel(display, house.station_url, log, home, browse)
    try:
        wait_for(lambda: shown.beats() > 1)
        yield shown
    finally:
        for process in (browse, manager, server):
            process.terminate()
            process.wait(10)
    assert shown.browsers() == [], "the browser ends with its keeper"

"""kiosk browse: a real Chromium on a real (virtual) panel comes back from every way of being lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.processes import House, run_kiosk
from tests.stations import enrol

pytestmark = pytest.mark.journey


@dataclass
class Panel:
    """An X server with the station's window manager and `kiosk browse`."""

    display: str
    url: str
    log: Path
    profile: Path

    def beats(self) -> int:
        return int(httpx.get(f"{self.url}/heartbeat/").json()["count"])

    def windows(self) -> list[str]:
        return self.press("search", "--onlyvisible", "--class", "chromium").split()

    def press(self, *arguments: str) -> str:
        environment = os.environ | {"DISPLAY": self.display}
        command = ["xdotool", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout

    def renderers(self) -> list[int]:
        asked = ["pgrep", "-f", f"type=renderer.*{self.profile}"]
        found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        return [int(each) for each in found.split()]


def wait_for(what: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    for program in ("Xvfb", "openbox", "xdotool", "chromium", "pgrep"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    data = tmp_path_factory.mktemp("panel")
    enrol(data)
    run_kiosk("install", "--into", str(data))
    house = House(data)
    house.start("serve")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
        pass_fds=(write,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as answer:
        display = f":{answer.readline().strip()}"
    environment = os.environ | {"DISPLAY": display}
    keeper = ["openbox", "--sm-disable", "--config-file", str(data / "etc/bhxh-station/openbox.xml")]
    log = data / "browse.log"
    command = [sys.executable, "-m", "kiosk", "browse", "--url", f"{house.station_url}/", "--silence", "5"]
    command += ["--profile", str(data / "profile"), "--flag=--no-sandbox", "--flag=--disable-gpu"]
    with log.open("wb") as out:
        manager = subprocess.Popen(keeper, env=environment, stderr=subprocess.DEVNULL)
        browse = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    shown = Panel(display, house.station_url, log, data / "profile")
    try:
        wait_for(lambda: shown.beats() > 1)
        yield shown
    finally:
        for process in (browse, manager, server):
            process.terminate()
            process.wait(10)
        assert shown.renderers() == [], "the browser ends with its keeper"
        house.stop()


def test_keys_that_lead_out_of_the_page_do_nothing(panel: Panel) -> None:
    [window] = panel.windows()
    for chord in ("ctrl+n", "ctrl+t", "F12", "ctrl+shift+i", "ctrl+p", "F11", "alt+F4"):
        panel.press("key", chord)
    before = panel.beats()
    wait_for(lambda: panel.beats() > before + 1)
    assert panel.windows() == [window]


@pytest.mark.parametrize("fault", [signal.SIGSTOP, signal.SIGKILL], ids=["hung", "crashed"])
def test_a_page_that_hangs_or_crashes_is_brought_back(panel: Panel, fault: signal.Signals) -> None:
    said = panel.log.read_text().count("the page is silent")
    for renderer in panel.renderers():
        os.kill(renderer, fault)
    wait_for(lambda: panel.log.read_text().count("the page is silent") > said)
    before = panel.beats()
    wait_for(lambda: panel.beats() > before)


def test_a_browser_that_ends_is_started_again(panel: Panel) -> None:
    subprocess.run(["pkill", "-KILL", "-o", "-f", f"user-data-dir={panel.profile}"], check=True)
    before = panel.beats()
    wait_for(lambda: panel.beats() > before)


def test_a_browser_that_is_not_there_is_a_sentence() -> None:
    done = run_kiosk("browse", "--program", "no-such-browser")
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no no-such-browser here" in done.stderr

"""kiosk browse: a real Chromium on a real (virtual) panel comes back from every way of being lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.panel import Panel, a_panel, wait_for
from tests.processes import House, run_kiosk
from tests.stations import enrol

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    data = tmp_path_factory.mktemp("panel")
    enrol(data)
    house = House(data)
    house.start("serve")
    try:
        with a_panel(house) as shown:
            yield shown
    finally:
        house.stop()


def test_keys_that_lead_out_of_the_page_do_nothing(panel: Panel) -> None:
    [window] = panel.windows()
    for chord in ("ctrl+n", "ctrl+t", "F12", "ctrl+shift+i", "ctrl+p", "F11", "alt+F4", "shift+Escape"):
        panel.press("key", chord)
    before = panel.beats()
    wait_for(lambda: panel.beats() > before + 1)
    assert panel.windows() == [window]


@pytest.mark.parametrize("fault", [signal.SIGSTOP, signal.SIGKILL], ids=["hung", "crashed"])
def test_a_page_that_hangs_or_crashes_is_brought_back(panel: Panel, fault: signal.Signals) -> None:
    said = panel.log.read_text().count("the page is silent")
    for renderer in panel.browsers("type=renderer"):
        os.kill(renderer, fault)
    wait_for(lambda: panel.log.read_text().count("the page is silent") > said)
    before = panel.beats()
    wait_for(lambda: panel.beats() > before)


def test_a_browser_that_ends_is_started_again(panel: Panel) -> None:
    os.kill(min(panel.browsers()), signal.SIGKILL)
    before = panel.beats()
    wait_for(lambda: panel.beats() > before)


def test_a_browser_that_is_not_there_is_a_sentence() -> None:
    done = run_kiosk("browse", "--program", "no-such-browser")
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no no-such-browser here" in done.stderr

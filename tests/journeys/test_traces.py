"""A stolen station tells nothing, and the next person sees nothing: searched for on the disk."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.journeys.conftest import CHROMIUM, FLAGS, UPRIGHT
from tests.journeys.mouse import Mouse
from tests.journeys.visitor import PATIENCE_MS, PHONE, Visitor
from tests.panel import a_panel, wait_for
from tests.processes import House, free_port
from tests.traces import pictures_in, traces

pytestmark = pytest.mark.journey

WORDS = (
    GUARDIAN.full_name,
    GUARDIAN.personal_id.digits,
    CHILDREN[0].full_name,
    CHILDREN[0].card_number.text,
    PHONE,
    "Đường Số 1",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser of its own, whose profile is then found among the temporary folders."""
    fresh = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--incognito"])
    context = fresh.new_context(viewport=UPRIGHT, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    fresh.close()


def test_nothing_of_a_visitor_lies_on_the_disk_before_during_or_after(
    house: House, visitor: Visitor, temporary: Path
) -> None:
    folders = [house.data / "station", *temporary.glob("playwright_chromium*")]
    assert len(folders) > 1, "the browser's profile is searched"
    before = _top_level(temporary)
    house.start("serve")
    visitor.arrive()
    visitor.answer_everything()
    visitor.sees("kiểm tra lại")
    assert traces(folders, WORDS) == [], "during the visit"
    assert pictures_in([house.data / "station"]) == []

    visitor.review()
    visitor.pledge()
    assert traces(folders, WORDS) == [], "sealed"
    visitor.touch("Kết thúc")
    visitor.sees("Đăng ký tài khoản VssID cho con")
    assert traces(folders, WORDS) == [], "after leaving"

    visitor.begin()
    visitor.show_guardian_card()
    visitor.forgive_silence()
    house.kill("serve")
    assert traces([*folders, *(_top_level(temporary) - before)], WORDS) == [], "after a kill"
    assert pictures_in([house.data / "station"]) == []
    assert traces([house.data / "station"], ["kiosk_visit"]) == []
    for log in house.data.glob("*.out"):
        assert not any(word in log.read_text("utf-8") for word in WORDS), log.name


def test_the_stations_own_browser_keeps_nothing_after_leaving_idling_and_crashing(
    house: House, browser: Browser
) -> None:
    house.start("serve")
    port = free_port()
    with a_panel(house, f"--remote-debugging-port={port}") as panel:
        visitor = _before(browser, house, port)
        visitor.arrive()
        visitor.answer_everything()
        visitor.sees("kiểm tra lại")
        _must_be_clean(panel.home)
        visitor.review()
        visitor.pledge()
        visitor.touch("Kết thúc")
        visitor.sees("Đăng ký tài khoản VssID cho con")
        _must_be_clean(panel.home)

        visitor.begin()
        visitor.show_guardian_card()
        visitor.sees("Đây có phải con của anh/chị không")
        visitor.page.evaluate("document.body.dataset.warningSeconds = '1'")
        visitor.page.evaluate("document.getElementById('main').dataset.idle = '1'")
        visitor.page.mouse.click(5, 5)  # the clock starts with a touch
        visitor.sees("Đăng ký tài khoản VssID cho con")
        _must_be_clean(panel.home)

        visitor.begin()
        visitor.show_guardian_card()
        os.kill(panel.browse.pid, signal.SIGSTOP)  # or a new browser wipes what the old one left
        for process in panel.browsers():
            os.kill(process, signal.SIGKILL)
        _must_be_clean(panel.home)
        os.kill(panel.browse.pid, signal.SIGCONT)
        before = panel.beats()
        wait_for(lambda: panel.beats() > before)
        _must_be_clean(panel.home)
        visitor = _before(browser, house, port)
        visitor.sees("Đăng ký tài khoản VssID cho con")


def _before(browser: Browser, house: House, port: int) -> Mouse:
    """Somebody in front of the browser that `kiosk browse` keeps."""
    [context] = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}").contexts
    context.set_default_timeout(PATIENCE_MS)
    return Mouse(context.pages[0], house.station_url)


def _must_be_clean(home: Path) -> None:
    assert (home / "profile" / "Local State").exists(), "the browser's profile is searched"
    assert traces([home], [*WORDS, "kiosk_visit"]) == []
    assert pictures_in([home]) == []


def test_the_next_visitor_sees_nothing_and_back_leads_home(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.show_guardian_card()
    visitor.sees("Đưa thẻ BHYT")
    visitor.page.goto(f"{house.station_url}/guardian/")
    visitor.sees("Đây có phải anh/chị không")
    visitor.page.evaluate("fetch('/leave', {method: 'POST'})")
    visitor.arrive()
    visitor.page.go_back()
    visitor.sees("Đăng ký tài khoản VssID cho con")
    visitor.begin()
    visitor.sees("Đưa thẻ căn cước")
    assert GUARDIAN.full_name not in visitor.page.content()
    assert visitor.page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def _top_level(folder: Path) -> set[Path]:
    return {path for path in folder.iterdir() if path.is_dir()}

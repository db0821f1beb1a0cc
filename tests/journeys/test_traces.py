"""A stolen station tells nothing, and the next person sees nothing: searched for on the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.journeys.conftest import CHROMIUM, FLAGS, UPRIGHT
from tests.journeys.visitor import PATIENCE_MS, PHONE, Visitor
from tests.processes import House
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


def test_nothing_of_a_visitor_lies_on_the_disk_before_during_or_after(house: House, visitor: Visitor) -> None:
    temporary = Path(tempfile.gettempdir())
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
    return {path for path in folder.iterdir() if path.is_dir() and "pytest" not in path.name}

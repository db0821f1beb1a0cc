"""Every page in the largest letters and at 400 % zoom, in high contrast, and by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from tests.answers import BOTH_CARDS
from tests.journeys.conftest import empty_desk
from tests.journeys.critic import PANELS, ZOOMED, beyond
from tests.journeys.sentences import messages
from tests.processes import House

pytestmark = pytest.mark.journey

BEFORE = ("/", "/settings", "/guide/", "/guide/number", "/guide/questions", "/guide/agencies", "/status/code")
WITHIN = (
    "/check/account",
    "/check/no-account",
    "/check/no-card",
    "/consent/",
    "/guardian/?again=1",
    "/guardian/",
    "/guardian/back",
    "/guardian/typed/name",
    "/child/?again=1",
    "/child/typed/number",
    "/child/",
    "/contact/phone",
    "/contact/relationship",
    "/contact/address",
    "/help",
    "/nowhere",
)

_TABBED = (
    ("VssID", "Bắt đầu"),
    ("tài khoản VssID chưa", "Đã có"),
    ("mã số BHYT chưa", "Đã có"),
    ("đồng ý", "Tôi đồng ý"),
    ("Đưa thẻ căn cước", "Không quét được"),
)
_TYPED = (("Họ và tên", "Trần Bình"), ("Số căn cước", "079189000123"), ("Ngày sinh", "15061989"))

_LINES = """
(sentences) => sentences.filter((sentence) => {
  const notice = document.getElementById("notice");
  notice.innerHTML = '<div class="notice"><svg class="icon"></svg><p></p></div>';
  const p = notice.querySelector("p");
  p.textContent = sentence;
  return p.getBoundingClientRect().height > 2.2 * parseFloat(getComputedStyle(p).lineHeight);
})
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An empty table: no card is ever read."""
    return empty_desk(tmp_path)


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    house.start("serve")
    context = browser.new_context(base_url=house.station_url, has_touch=True)
    yield context.new_page()
    context.close()


def test_nothing_is_wider_than_its_panel_nor_hard_to_see(page: Page) -> None:
    complaints = [each for path in BEFORE for each in _wider(page, f"{path}?size=largest", PANELS)]
    complaints += [each for path in BEFORE for each in _wider(page, path, ZOOMED)]
    complaints += [each for path in BEFORE for each in _unseen(page, f"{path}?contrast=high&size=large")]
    for path, answers in BOTH_CARDS:
        _send(page.request, path, answers)
    complaints += [each for path in WITHIN for each in _wider(page, path, ZOOMED)]
    _send(page.request, "/settings", {"size": "largest", "back": "/"})
    complaints += [each for path in WITHIN for each in _wider(page, path, PANELS)]
    _send(page.request, "/settings", {"contrast": "high", "back": "/"})
    complaints += [each for path in WITHIN for each in _unseen(page, path)]
    assert complaints == []


@pytest.mark.parametrize("panel", ["1080x1920", "1024x768"])
def test_every_message_fits_two_lines_in_the_largest_letters(page: Page, panel: str) -> None:
    width, height = PANELS[panel]
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/guide/?size=largest")
    assert page.evaluate(_LINES, messages()) == []


def test_a_visitor_needs_no_touch_at_all(page: Page) -> None:
    page.goto("/")
    for heading, words in _TABBED:
        expect(page.locator("h1")).to_contain_text(heading)
        _press_enter_on(page, words)
    for heading, typed in _TYPED:
        expect(page.locator("h1")).to_contain_text(heading)
        _settled(page)
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Đây có phải anh/chị không")
    _press_enter_on(page, "Đúng, tiếp tục")
    expect(page.locator("h1")).to_contain_text("Đưa thẻ BHYT")


def _press_enter_on(page: Page, words: str) -> None:
    """Tab, in order, until the button with these words has a visible focus."""
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.wait_for()
    _settled(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        words_there, outline = page.evaluate(
            "() => [document.activeElement.innerText, getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert outline != "none", f"no visible focus on {words_there}"
        if words in words_there:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words} is never reached")


def _settled(page: Page) -> None:
    page.wait_for_load_state("load")
    page.locator("html:not([data-settling])").wait_for()


def _wider(page: Page, path: str, panels: dict[str, tuple[int, int]]) -> Iterator[str]:
    page.goto(path)
    for name, (width, height) in panels.items():
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{path}, {name}: {each}" for each in beyond(page))


def _unseen(page: Page, path: str) -> Iterator[str]:
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(path)
    for each in Axe().run(page).response["violations"]:
        yield f"{path}: axe {each['id']}: {each['nodes'][0]['html']}"


def _send(browser: APIRequestContext, path: str, answers: dict[str, str]) -> None:
    answer = browser.post(path, form=answers)
    assert answer.status == 200, path

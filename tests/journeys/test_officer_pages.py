"""An officer at the screen: settings that are changed by touch and heard at once, and the panel's parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import empty_desk
from tests.journeys.critic import Critic
from tests.processes import House

pytestmark = pytest.mark.journey

_LISTEN = """
globalThis.gains = [];
const Real = GainNode;
globalThis.GainNode = class extends Real {
  constructor(context, options) { super(context, options); gains.push(options.gain); }
};
"""
_DESK = (
    ("day/", "Phiếu cuối ngày"),
    ("officers/", "Cán bộ của máy này"),
    ("officers/add", "Thêm cán bộ"),
    ("officers/pin/101", "PIN"),
    ("usb/", "Chuyển tờ khai bằng USB"),
    ("rehearsal/", "Diễn tập"),
    ("adjustments/receipt.hotline", "Số điện thoại hỗ trợ"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Nothing lies on it."""
    return empty_desk(tmp_path)


@pytest.fixture
def critic(house: House, page: Page) -> Iterator[Critic]:
    page.add_init_script(_LISTEN)
    arrived = Critic(page, house.station_url)
    yield arrived
    assert arrived.complaints == []


def test_settings_are_changed_by_touch_and_loudness_is_heard_at_once(house: House, critic: Critic) -> None:
    house.start("serve")
    critic.logs_in()
    critic.touch("Cài đặt của máy")
    critic.sees("Cài đặt của máy")
    assert {_loudest(critic, word) for word in ("Nhỏ", "Vừa", "To", "Tắt tiếng báo")} == {0.07, 0.2, 0.6, 0}

    critic.touch("Đổi tên điểm tiếp nhận")
    critic.sees("Tên điểm tiếp nhận")
    critic.page.get_by_label("Tên điểm tiếp nhận").fill("Trường Tiểu học số 2")
    critic.done()
    critic.sees("Cài đặt của máy")
    expect(critic.page.locator("header")).to_contain_text("Trường Tiểu học số 2")


def test_every_page_of_the_desk_can_be_seen_and_reached(house: House, critic: Critic) -> None:
    house.start("serve")
    critic.logs_in()
    critic.sees("Bàn nhân viên")
    lamps = critic.page.get_by_role("region", name="Tình trạng thiết bị").get_by_role("listitem")
    expect(lamps.filter(has_text="Máy in sẵn sàng.")).to_be_visible(timeout=20_000)
    for path, heading in _DESK:
        critic.page.goto(f"{critic.url}/officer/{path}")
        critic.sees(heading)


def test_beside_a_visit_a_part_opens_its_pages(house: House, critic: Critic) -> None:
    house.start("serve")
    critic.logs_in()
    critic.touch("Về trang đầu")
    critic.begin()
    critic.sees("Đưa thẻ căn cước")
    panel = critic.page.locator(".beside")
    expect(panel.get_by_role("link", name="Mã số BHYT")).to_be_hidden()
    panel.locator("summary").first.tap()
    critic.inspect("a part that is open")
    panel.get_by_role("link", name="Mã số BHYT").tap()
    critic.sees("mã số BHYT chưa")
    panel.locator("summary").first.tap()
    expect(panel.get_by_role("link", name="Mã số BHYT")).to_have_attribute("aria-current", "page")


def _loudest(critic: Critic, word: str) -> float:
    """How loud a refused name is, with this chosen; ends at the settings."""
    critic.touch(word, exact=True)
    pressed = critic.page.get_by_role("button", name=word, exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    critic.touch("Đổi tên điểm tiếp nhận")
    critic.sees("Tên điểm tiếp nhận")
    critic.page.get_by_label("Tên điểm tiếp nhận").fill("x")
    critic.done()
    critic.page.locator("[data-errors]").wait_for()
    loudest: float = critic.page.evaluate("Math.max(0, ...gains)")
    critic.touch("Quay lại")
    return loudest

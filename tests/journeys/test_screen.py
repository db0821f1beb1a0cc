"""What only a real browser can tell of the screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.critic import Critic
from tests.journeys.visitor import PATIENCE_MS, Visitor
from tests.processes import House

pytestmark = pytest.mark.journey


@pytest.fixture(params=[(1080, 1920), (1920, 1080), (1024, 768)], ids=lambda panel: f"{panel[0]}x{panel[1]}")
def critic(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Critic]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    critic = Critic(context.new_page(), house.station_url)
    yield critic
    context.close()
    assert critic.complaints == []


def test_every_screen_can_be_seen_reached_and_read_aloud(house: House, critic: Critic) -> None:
    house.start("serve")
    critic.arrive()
    critic.declare()
    critic.touch("Kết thúc")
    print(f"{critic.touches} touches and {critic.keys} keys from Bắt đầu to Kết thúc")
    assert critic.touches <= 14
    assert critic.keys <= 10
    critic.touch("Tra cứu biên nhận")
    critic.sees("mã QR trên biên nhận")
    critic.touch("Nhập mã bằng tay")
    critic.sees("Nhập mã trên biên nhận")
    critic.logs_in()
    critic.sees("Bàn nhân viên")
    critic.touch("Cán bộ của máy này")
    critic.sees("Cán bộ của máy này")
    critic.touch("Quay lại")
    critic.touch("Về trang đầu")
    critic.touch("Bắt đầu")
    critic.page.get_by_role("region", name="Mã cán bộ 103").wait_for()
    critic.sees("tài khoản VssID chưa")
    critic.touch("Xoá lượt này, người tiếp theo")
    critic.sees("tài khoản VssID chưa")


def test_twenty_changes_of_screen_leave_one_stream(house: House, visitor: Visitor) -> None:
    house.start("serve")
    _to_the_certificate(visitor)
    visitor.sees("Đọc được chữ không")
    visitor.page.route("**/certificate/look", lambda route: route.fulfill(status=204))  # no second shutter
    under_way = _streams(visitor.page)
    for _ in range(20):
        visitor.touch("Chụp lại")
        visitor.sees("Chụp giấy khai sinh")
        visitor.touch("Quay lại")
        visitor.sees("Đọc được chữ không")
    visitor.touch("Chụp lại")
    visitor.sees("Chụp giấy khai sinh")
    expect(visitor.page.locator("img[data-stream]")).to_be_visible()
    assert len(under_way) <= 1


def test_four_fast_presses_are_one_answer(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.touch("Bắt đầu")
    visitor.sees("tài khoản VssID chưa")
    sent: list[str] = []
    visitor.page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    visitor.page.locator("html:not([data-settling])").wait_for()
    visitor.page.get_by_role("button", name="Đã có").click(click_count=4, delay=5)
    visitor.sees("mã số BHYT chưa")
    answers = [url for url in sent if not url.endswith(("/stay", "/heartbeat/"))]
    assert answers == [f"{visitor.url}/check/account"]


def test_an_absent_visitor_is_asked_and_then_forgotten(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.touch("Bắt đầu")
    visitor.sees("tài khoản VssID chưa")
    _waits_only(visitor.page, seconds=1)
    asked = visitor.page.get_by_text("Anh/chị còn ở đây không?")
    asked.wait_for()
    visitor.page.evaluate("document.body.dataset.warningSeconds = '1'")
    visitor.touch("Tôi cần thêm thời gian")
    asked.wait_for(state="hidden")
    asked.wait_for()
    visitor.sees("Đăng ký tài khoản VssID cho con")
    assert visitor.page.context.cookies() == []
    visitor.page.go_back()
    visitor.sees("Đăng ký tài khoản VssID cho con")


def test_a_lost_line_is_said_and_what_was_typed_stays(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.show_guardian_card()
    visitor.show_child_card()
    visitor.sees("Số điện thoại")
    visitor.type_phone()
    visitor.page.context.set_offline(True)
    visitor.done()
    visitor.page.get_by_text("Mất liên lạc với máy").wait_for()
    expect(visitor.page.get_by_label("Số di động")).to_have_value("0912 345 678")
    visitor.page.context.set_offline(False)
    visitor.done()
    visitor.sees("là gì của con")
    expect(visitor.page.get_by_text("Mất liên lạc với máy")).to_be_hidden()
    visitor.complaints = [
        each for each in visitor.complaints if "DISCONNECTED" not in each and "Failed to fetch" not in each
    ]


def test_without_scripts_the_forms_still_work(house: House, browser: Browser) -> None:
    house.start("serve")
    context = browser.new_context(java_script_enabled=False)
    visitor = Visitor(context.new_page(), house.station_url)
    visitor.arrive()
    visitor.begin()
    visitor.sees("Đưa thẻ căn cước")
    context.close()


def _to_the_certificate(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.begin()
    visitor.show_guardian_card()
    visitor.show_child_card()
    visitor.give_contact()
    visitor.sees("Chụp giấy khai sinh")


def _streams(page: Page) -> set[Request]:
    """Previews that the browser asked for and that have not ended."""
    under_way: set[Request] = set()
    page.on("request", lambda each: under_way.add(each) if "/preview/" in each.url else None)
    for event in ("requestfinished", "requestfailed"):
        page.on(event, lambda each: under_way.discard(each))  # noqa: PLW0108 - Playwright marks the function
    return under_way


def _waits_only(page: Page, seconds: int) -> None:
    page.evaluate(f"document.getElementById('main').dataset.idle = '{seconds}'")
    page.mouse.click(5, 5)  # the clock starts with a touch

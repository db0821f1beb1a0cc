"""An officer beside the visitor: from logging in to the next visitor, who sees nothing of the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from kiosk.domain.officers import Role
from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.conftest import ROOT
from tests.journeys.critic import PANELS, at_size
from tests.journeys.papers import lying_well, show
from tests.journeys.test_visit import opened, until
from tests.journeys.visitor import PHONE, Visitor
from tests.photos import blurred
from tests.processes import House

pytestmark = pytest.mark.journey


@pytest.fixture
def house(house: House, desk: Path) -> House:
    """An officer sits beside everybody, and the certificate is one that no camera sees sharply."""
    show(house.data, desk, blurred(lying_well(desk)))
    text = (ROOT / "kiosk.toml").read_text("utf-8")
    text = text.replace('mode = "kiosk"', 'mode = "assisted"').replace('"kiosk/', f'"{ROOT}/kiosk/')
    house.config = house.data / "kiosk.toml"
    house.config.write_text(text, "utf-8")
    return house


def test_an_officer_helps_a_parent_and_calls_the_next(house: House, visitor: Visitor) -> None:
    house.start("central", "serve", "sync")
    panel = visitor.page.locator(".beside")
    visitor.logs_in(Role.SUPERVISOR)
    visitor.sees("Bàn nhân viên")
    visitor.touch("Về trang đầu")

    visitor.begin()
    expect(panel).to_contain_text("102")
    visitor.show_guardian_card()
    expect(panel).to_contain_text("Chưa thấy gì cần sửa")
    visitor.show_child_card()
    visitor.give_contact()
    _keep_the_certificate_as_it_is(visitor)
    visitor.sees("Chụp chân dung")
    expect(panel).to_contain_text("Có thể bị trả lại vì")
    expect(panel).to_contain_text("Giấy khai sinh")
    visitor.sees("Thấy rõ mặt không")
    visitor.touch("Dùng ảnh này", exact=True)
    visitor.sees("kiểm tra lại")
    _is_told_in_two_lines(visitor)
    _goes_to(visitor, "Kê khai", "Quan hệ với con")
    visitor.sees("là gì của con")
    _goes_to(visitor, "Kiểm tra", "Kiểm tra lại")
    visitor.review()
    visitor.pledge()
    code, pin = visitor.receipt()

    plain = code.replace("-", "")
    until(lambda: _operators(house) == {plain: "supervisor:102"}, "central learns who was beside", seconds=30)
    certificate = next(
        each for each in opened(house, code)[0]["captures"] if each["kind"] == "birth-certificate"
    )
    assert (certificate["kept"], certificate["reason"]) == ("staff", "worn")

    visitor.touch("Người tiếp theo", exact=True)
    visitor.sees("tài khoản VssID chưa")
    words = (GUARDIAN.full_name, GUARDIAN.personal_id.digits, CHILDREN[0].full_name, PHONE, code, pin)
    assert _shown(visitor.page.content(), words) == []
    for left in ("/review/", "/receipt/", "/contact/phone", "/guardian/"):
        answer = visitor.page.request.get(f"{visitor.url}{left}")  # with the browser's cookies, as it would
        assert _shown(answer.text(), words) == [], left
    expect(panel, "the officer stays").to_contain_text("102")


def _keep_the_certificate_as_it_is(visitor: Visitor) -> None:
    visitor.sees("Chụp giấy khai sinh")
    visitor.touch("Chụp ảnh")
    visitor.sees("Ảnh này có thể bị trả lại")
    visitor.touch("Giấy cũ, rách")


def _is_told_in_two_lines(visitor: Visitor) -> None:
    """What is wrong with the photograph that was kept, in both languages."""
    for told, other in (("Chữ trên ảnh bị mờ", "English"), ("The writing is blurred", "Tiếng Việt")):
        expect(visitor.page.locator("main .notice li")).to_contain_text([told])
        assert at_size(visitor.page, "largest", PANELS) == []
        visitor.touch(other)


def _goes_to(visitor: Visitor, part: str, page: str) -> None:
    """Beside the visit: a part opens its pages."""
    visitor.settled()
    visitor.page.locator(".beside summary").filter(has_text=part).tap()
    visitor.touch(page, exact=True)


def _operators(house: House) -> dict[str, str]:
    """Receipt code and operator of each declaration that has arrived, as `central list` prints them."""
    rows = [line.split() for line in house.central("list").stdout.splitlines()]
    return {row[1]: row[-1] for row in rows if row[2:3] == ["received"]}


def _shown(page: str, words: tuple[str, ...]) -> list[str]:
    return [each for each in words if each in page]

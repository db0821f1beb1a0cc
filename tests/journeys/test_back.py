"""A card whose code is scratched: its back is photographed instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from hardware.protocols import Subject
from tests.journeys.visitor import Visitor
from tests.processes import House

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(desk: Path, tmp_path: Path) -> Path:
    """The family's desk, on which the front of the guardian's card never lies."""
    folder = tmp_path / "scratched"
    folder.mkdir()
    for each in desk.iterdir():
        if each.name != Subject.CITIZEN_CARD:
            (folder / each.name).symlink_to(each)
    return folder


def test_a_scratched_code_is_made_up_for_by_the_back(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.sees("Đưa thẻ căn cước")
    visitor.touch("Mã QR bị xước?")
    visitor.sees("Chụp mặt sau thẻ căn cước")
    _photograph(visitor)
    expect(visitor.page.locator("main")).to_contain_text("TRAN THI BINH")
    expect(visitor.page.locator("main")).to_contain_text("•••• •••• 0123")
    expect(visitor.page.locator("main")).to_contain_text("không có dấu")
    visitor.touch("Đúng, tiếp tục")
    visitor.show_child_card()
    visitor.sees("Số điện thoại")
    visitor.type_phone()
    visitor.done()
    visitor.sees("là gì của con")
    visitor.touch("Mẹ")
    visitor.sees("nhận thư ở đâu")
    visitor.touch("Chọn địa chỉ")
    visitor.sees("tỉnh, thành phố nào")
    visitor.touch("Thành phố Hồ Chí Minh")
    visitor.sees("Xã, phường nào")
    visitor.touch("Phường Bình Trị Đông")
    visitor.sees("Số nhà")
    visitor.touch("Tiếp tục")
    visitor.sees("Chụp giấy khai sinh")


def _photograph(visitor: Visitor) -> None:
    """Press until the shutter falls while the card lies still: on the desk of the tests it comes and goes."""
    confirm = visitor.page.get_by_role("button", name="Đúng, tiếp tục")
    refused = visitor.page.locator("#notice").get_by_text("Chưa đọc được mặt sau thẻ")
    for _ in range(6):
        visitor.touch("Chụp mặt sau")
        visitor.page.locator(".htmx-request").first.wait_for(state="detached")
        confirm.or_(refused).first.wait_for()
        if confirm.is_visible():
            return
    raise AssertionError("the back was never read")

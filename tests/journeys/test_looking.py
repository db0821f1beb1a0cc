"""The camera looks by itself, and a press of the button is answered all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import empty_desk
from tests.journeys.visitor import Visitor
from tests.processes import House

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An empty table."""
    return empty_desk(tmp_path)


def test_a_press_while_the_page_looks_by_itself_is_answered(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.sees("Đưa thẻ căn cước")
    visitor.page.wait_for_timeout(1500)
    visitor.touch("Quét", exact=True)
    expect(visitor.page.locator("#notice")).to_contain_text("Chưa thấy mã QR")
    visitor.touch("Quay lại")
    visitor.sees("đồng ý")

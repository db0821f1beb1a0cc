"""A reader that types like a keyboard reads the cards; nobody holds anything before the camera."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.journeys.visitor import Visitor
from tests.processes import House

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Nothing lies on it: the camera is not there."""
    folder = tmp_path / "no-desk"
    folder.mkdir()
    return folder


def test_cards_are_read_by_a_keyboard_wedge(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.sees("Đưa thẻ căn cước")
    _scan(visitor, GUARDIAN.to_qr())
    visitor.sees("Đây có phải anh/chị không")
    assert GUARDIAN.full_name in visitor.page.locator("main").inner_text()
    visitor.touch("Đúng, tiếp tục")
    visitor.sees("Đưa thẻ BHYT")
    _scan(visitor, CHILDREN[0].to_qr())
    visitor.sees("Đây có phải con của anh/chị không")
    assert CHILDREN[0].full_name in visitor.page.locator("main").inner_text()


def test_what_a_person_types_is_not_taken_for_a_reader(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.sees("Đưa thẻ căn cước")
    visitor.page.keyboard.type("079189000123", delay=120)
    assert visitor.page.locator("input[name=scanned]").input_value() == ""
    visitor.sees("Đưa thẻ căn cước")


_KEYS = """
(text) => [...text, "Enter"].forEach((key) =>
  dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))
"""


def _scan(visitor: Visitor, text: str) -> None:
    """As a wedge types: key after key at once, then Enter. Playwright's keyboard has no Vietnamese."""
    visitor.page.evaluate(_KEYS, text)

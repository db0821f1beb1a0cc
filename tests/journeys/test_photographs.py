"""A paper shown badly, then well: the page says each fault in turn and fires on the good picture only."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.papers import lying_well, show
from tests.journeys.visitor import Visitor
from tests.photos import blurred, cut, glared
from tests.processes import House

pytestmark = pytest.mark.journey

_LISTEN = """
() => {
  globalThis.said = [];
  new MutationObserver(() => {
    const words = document.querySelector("#guidance p")?.innerText;
    if (words && words !== said.at(-1)?.words) said.push({ words, at: performance.now() });
  }).observe(document.getElementById("screen"), { childList: true, subtree: true });
}
"""


@pytest.fixture
def clumsy(house: House, desk: Path) -> House:
    """The same desk, but the paper is shown blurred, cut off and under a lamp before it lies well."""
    good = lying_well(desk)
    show(house.data, desk, blurred(good), cut(good), glared(good), good, good)
    return house


def test_each_fault_is_said_in_turn_and_the_shutter_waits_for_the_good_picture(
    clumsy: House, visitor: Visitor
) -> None:
    clumsy.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.show_guardian_card()
    visitor.show_child_card()
    visitor.page.evaluate(_LISTEN)
    visitor.give_contact()
    visitor.sees("Chụp giấy khai sinh")
    guidance = visitor.page.locator("#guidance")
    for words in ("Ảnh mờ, giữ yên", "Thiếu mép trên", "Bị loá, nghiêng nhẹ"):
        expect(guidance).to_contain_text(words)
    visitor.sees("Đọc được chữ không")
    expect(visitor.page.get_by_text("Ảnh đạt")).to_be_visible()
    said = visitor.page.evaluate("said")
    assert all(len(each["words"].split()) <= 5 for each in said)
    gaps = [later["at"] - sooner["at"] for sooner, later in pairwise(said)]
    assert min(gaps) > 300, "never flickering: each can be read"
    visitor.touch("Dùng ảnh này", exact=True)
    visitor.sees("Chụp chân dung")

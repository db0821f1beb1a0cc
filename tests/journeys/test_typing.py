"""Typing Vietnamese in the real browser: every syllable through the composer, names by touch and by keys."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import empty_desk
from tests.journeys.typist import Typist, at_the_name
from tests.journeys.visitor import Visitor
from tests.names import letters, thousand
from tests.processes import House
from tests.syllables import METHODS, keys, syllables

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An empty table: no card is ever read."""
    return empty_desk(tmp_path)


_HABITS = [
    ("Nguye64n Thi5 Huye62n", "vni", "Nguyễn Thị Huyền"),
    ("Nguyeenx Thij Huyeenf", "telex", "Nguyễn Thị Huyền"),
    ("dduowcj thuowr huown", "telex", "được thuở hươn"),  # uơ at the end of a word, ươ before more
    ("d9u7o7ng2 duong972", "vni", "đường đường"),
    ("hof hofa hoaf hoaff hoafff", "telex", "hò hòa hòa hoà hoaf"),  # once more moves it, and then it goes
    ("tana caua tieen", "telex", "tân câu tiên"),  # the sign may come late,
    ("khoeo ngoanf", "telex", "khoeo ngoàn"),  # but not over another vowel
    ("aaa ddd oww ww sss", "telex", "aa dd ow w sss"),  # once more takes the sign away
    ("a66 u77 d99 a11", "vni", "a6 u7 d9 a1"),
    ("H'Niee Kddawmm Ksorr", "telex", "H'Niê Kđămm Ksor"),
    ("gi\u0300a qui\u0301\u0300", "direct", "già quì"),  # a letter that follows moves the tone
    ("hu\u0300y hu\u0300ynh", "direct", "hùy huỳnh"),
    ("Eeñuool Rowchaam", "telex", "Êñuôl Rơchâm"),  # a word of two syllables: signs are for the last
    ("E6ñuo6l Ro7cha6m", "vni", "Êñuôl Rơchâm"),
    ("ñu\u0301", "direct", "ñú"),  # the tilde of ñ is no tone
]

_TYPE = """
async (wanted) => {
  const { type } = await import(new URL("composer.js", document.querySelector("script[type=module]").src));
  const wrong = JSON.parse(wanted).filter(([keys, way, style, text]) => type(keys, way, style) !== text);
  return wrong.slice(0, 20).map((each) => [...each, type(...each)]);
}
"""


def test_every_syllable_and_a_thousand_names_come_out_exact_in_every_way(
    house: House, visitor: Visitor
) -> None:
    house.start("serve")
    visitor.arrive()
    for style in ("old", "new"):
        spelt = [form for each in syllables(style) for form in (each, each.capitalize())]
        for text in (spelt, thousand() if style == "old" else []):
            wanted = [
                (keys(each, method, at_once=at_once, style=style), method, style, each)
                for each in text
                for method in METHODS
                for at_once in (True, False)
            ]
            assert visitor.page.evaluate(_TYPE, json.dumps(wanted)) == []
    habits = [(typed, method, "old", text) for typed, method, text in _HABITS]
    assert visitor.page.evaluate(_TYPE, json.dumps(habits)) == []


def test_every_twentieth_of_a_thousand_names_comes_out_exact_by_touch(house: House, page: Page) -> None:
    house.start("serve")
    at_the_name(page, house.station_url)
    typist = Typist(page)
    ways = list(product(METHODS, (True, False)))
    for number, (method, at_once) in enumerate(ways):
        typist.choose(method)
        for name in thousand()[::20][number :: len(ways)]:
            assert typist.types(keys(name, method, at_once=at_once), name) == name


def test_a_thousand_names_have_every_letter_small_and_capital() -> None:
    joined = " ".join(thousand())
    assert [each for each in letters() if each not in joined or each.upper() not in joined] == []
    assert len(set(thousand())) == 1000


def test_cards_that_cannot_be_read_are_typed_by_touch(house: House, visitor: Visitor) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.sees("Đưa thẻ căn cước")
    visitor.touch("Nhập bằng tay")
    visitor.sees("Họ và tên của anh/chị")
    visitor.taps(keys("Đặng Quỳnh Hương", "direct", at_once=False))
    visitor.done()
    visitor.sees("Số căn cước")
    visitor.taps("079189000123")
    expect(visitor.page.get_by_role("textbox")).to_have_value("0791 8900 0123")
    visitor.done()
    visitor.sees("Ngày sinh")
    visitor.taps("15061989")
    expect(visitor.page.get_by_role("textbox")).to_have_value("15/06/1989")
    visitor.done()
    visitor.sees("Đây có phải anh/chị không")
    expect(visitor.page.locator("main")).to_contain_text("Đặng Quỳnh Hương")
    visitor.touch("Đúng, tiếp tục")
    visitor.sees("Đưa thẻ BHYT")
    visitor.touch("Nhập bằng tay")
    visitor.sees("Họ và tên của con")
    _at_the_desk(visitor)


def _at_the_desk(visitor: Visitor) -> None:
    """An officer's keyboard: in the way chosen on the screen, and Enter sends."""
    field = visitor.page.get_by_role("textbox")
    for method in ("telex", "vni"):
        visitor.settled()
        Typist(visitor.page).choose(method)
        for name in ("Nguyễn Thị Thuỳ Dương", "Trần Quốc Toản"):
            field.fill("")
            visitor.page.keyboard.type(keys(name, method, at_once=True).lower())
            expect(field).to_have_value(name)
    visitor.page.keyboard.press("Enter")
    visitor.sees("Mã số BHXH của con")
    visitor.settled()
    visitor.page.keyboard.type("7921000456")
    visitor.page.keyboard.press("Enter")
    visitor.sees("Ngày sinh của con")

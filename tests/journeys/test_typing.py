"""Typing Vietnamese in the real browser: every syllable through the composer, names by touch and by keys."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Visitor
from tests.names import thousand
from tests.processes import House
from tests.syllables import METHODS, keys, syllables

pytestmark = pytest.mark.journey

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
]

_TYPE = """
async (wanted) => {
  const { type } = await import("/static/js/composer.js");
  const wrong = wanted.filter(([keys, method, style, text]) => type(keys, method, style) !== text);
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
                (keys(each, method, at_once=at_once), method, style, each)
                for each in text
                for method in METHODS
                for at_once in (True, False)
            ]
            assert visitor.page.evaluate(_TYPE, wanted) == []
    assert (
        visitor.page.evaluate(_TYPE, [(typed, method, "old", text) for typed, method, text in _HABITS]) == []
    )

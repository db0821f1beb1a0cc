"""Somebody who types fast: real touches on the keys of the screen, whose places are measured once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from string import digits

from playwright.sync_api import Page, expect

from tests.journeys.visitor import KEY_NAMES
from tests.syllables import BREVE, TONES

_PLACES = """
() => [...document.querySelectorAll("#keyboard [data-skbtn]")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.dataset.skbtn.toLowerCase(), x + width / 2, y + height / 2];
})
"""


@dataclass
class Typist:
    """Types into the one text field of a page, which is left empty before each text."""

    page: Page
    touches: int = 0
    _way: str = ""
    _places: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._field = self.page.get_by_role("textbox")

    def choose(self, way: str) -> None:
        """Direct keys, Telex or VNI, on the page of other keys."""
        self._field.tap()
        for key in ("{more}", f"{{{way}}}"):
            self.page.locator(f'#keyboard [data-skbtn="{key}"]').tap()
        expect(self.page.locator("html")).to_have_attribute("data-typing", way)
        self._way = way

    def types(self, keys: str, wanted: str) -> str:
        """What stands in the field after these keys; it is waited for if it is not yet `wanted`."""
        self._field.fill("")
        begins = True
        for key in re.findall(f".{BREVE}?", keys):  # ê̆, ô̆, ơ̆, ư̆ are one key each, a tone is a key of its own
            is_letter = key[0].isalpha()
            if is_letter and key.isupper() != begins:
                self._touch("{shift}")
            self._touch(KEY_NAMES.get(key, key.lower()))
            begins = not is_letter and key not in _SIGNS
        try:
            expect(self._field).to_have_value(wanted, timeout=3000)
        except AssertionError:
            return self._field.input_value()
        return wanted

    def _touch(self, key: str) -> None:
        letters = self._on("letters")
        if key not in letters:
            self._press(letters["{more}"])
            self._press(self._on("more")[key])
        else:
            self._press(letters[key])

    def _on(self, leaf: str) -> dict[str, tuple[float, float]]:
        """Where the keys of a page lie that is shown now."""
        known = f"{self._way} {leaf}"
        if known not in self._places:
            self.page.locator(f'#keyboard [data-skbtn="{{{_OTHER[leaf]}}}"]').wait_for()
            self._places[known] = {name: (x, y) for name, x, y in self.page.evaluate(_PLACES)}
        return self._places[known]

    def _press(self, place: tuple[float, float]) -> None:
        self.page.touchscreen.tap(*place)
        self.touches += 1


_SIGNS = (*TONES[1:], *digits)
"""They change a word; whatever else is no letter ends it, and the next letter is a capital by itself."""
_OTHER = {"letters": "more", "more": "letters"}
"""The key that leads from one page to the other."""


def at_the_name(page: Page, url: str) -> None:
    """In a visit of its own, where a guardian whose card cannot be read types the name."""
    for path, answers in _ANSWERS:
        assert page.request.post(url + path, form=answers).ok, path
    page.goto(f"{url}/guardian/typed/name")
    page.locator("html:not([data-settling])").wait_for()
    page.locator("#keyboard [data-skbtn]").first.wait_for()


_ANSWERS = (
    ("/leave", {}),
    ("/start", {}),
    ("/check/account", {"answer": "yes"}),
    ("/check/card", {"answer": "yes"}),
    ("/consent/", {"answer": "yes"}),
)

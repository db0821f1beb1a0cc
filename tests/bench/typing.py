"""A thousand names by touch on the keys of the screen: each way of typing, the tone at once or at the end."""

from __future__ import annotations

import tempfile
import time
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.journeys.conftest import CHROMIUM, FLAGS, UPRIGHT, empty_desk
from tests.journeys.typist import Typist, at_the_name
from tests.names import thousand
from tests.processes import House
from tests.stations import enrol
from tests.syllables import METHODS, keys


def run(full: bool) -> None:
    """Print how many came out exact in each way, and which did not."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = _house(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            page = browser.new_page(viewport=UPRIGHT, has_touch=True)
            for method, at_once in product(METHODS, (True, False)):
                at_the_name(page, house.station_url)
                _type(page, method, thousand()[:: 1 if full else 20], at_once=at_once)
        finally:
            browser.close()
            house.stop()


def _house(data: Path) -> House:
    """A station at whose camera no card is ever read."""
    enrol(data)
    (data / "desk").symlink_to(empty_desk(data))
    house = House(data)
    house.start("serve")
    return house


def _type(page: Page, method: str, names: list[str], *, at_once: bool) -> None:
    typist = Typist(page)
    typist.choose(method)
    began = time.perf_counter()
    came = [typist.types(keys(name, method, at_once=at_once), name) for name in names]
    took = time.perf_counter() - began
    wrong = [f"{name}: {text}" for name, text in zip(names, came, strict=True) if text != name]
    when = "at once" if at_once else "at the end"
    print(f"{method:6} tone {when:10} {len(names) - len(wrong)} of {len(names)} exact,", end=" ")
    print(f"{typist.touches} touches in {took:.0f} s", *wrong, sep="\n  " if wrong else "", flush=True)

"""`make screenshots`: walk the station on three panels and keep what a person would see, in docs/screens."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kiosk import config
from kiosk.rehearsal import lay_family_desk
from tests.conftest import ROOT
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.processes import House
from tests.screenshots.album import SCALE, Album
from tests.screenshots.ways import look_around, rehearse, sit_at_the_desk, walk_child, walk_others
from tests.stations import enrol, take_on_officers

UPRIGHT, LYING, SMALL = (1080, 1920), (1920, 1080), (1024, 768)
FOLDER = ROOT / "docs" / "screens"


def main() -> None:
    """Every screen on the upright panel, the main ones on the others."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="screens-") as data, sync_playwright() as playwright:
        house = _house(Path(data))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            for panel in (UPRIGHT, LYING, SMALL):
                _walk(browser, house, panel)
        finally:
            browser.close()
            house.stop()
        slip = sorted((Path(data) / "slips").glob("*.png"))[0]
        shutil.copy(slip, FOLDER / "slip-576.png")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}")


def _house(data: Path) -> House:
    enrol(data)
    take_on_officers(data)
    lay_family_desk(data / "desk", ROOT / "static" / "fonts", config.load(ROOT / "kiosk.toml").camera)
    house = House(data)
    house.start("central", "serve", "sync")
    return house


def _walk(browser: Browser, house: House, panel: tuple[int, int]) -> None:
    width, height = panel
    viewport = {"width": width, "height": height}
    page = browser.new_page(viewport=viewport, has_touch=True, device_scale_factor=SCALE)
    album = Album(page, house.station_url, folder=FOLDER)
    walk_child(album)
    if panel == UPRIGHT:
        walk_others(album)
        look_around(album)
        rehearse(album)
    sit_at_the_desk(album, house.data / "usb")
    page.close()


if __name__ == "__main__":
    main()

"""One desk for all journeys, a house of processes for each, and Debian's Chromium."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kiosk import config
from kiosk.rehearsal import lay_family_desk
from tests.conftest import ROOT
from tests.journeys.visitor import PATIENCE_MS, Visitor
from tests.processes import House
from tests.stations import enrol, take_on_officers

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",  # tests run as root; a station never does
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
UPRIGHT = {"width": 1080, "height": 1920}


@pytest.fixture(scope="session", autouse=True)
def temporary() -> Iterator[Path]:
    """Where browsers and stations keep what is for now; one test searches it while others run elsewhere."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("TMPDIR", folder)
        environment.setattr(tempfile, "tempdir", None)  # asked for anew
        yield Path(folder)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented family's cards and papers, photographed once."""
    folder = tmp_path_factory.mktemp("desk") / "desk"
    lay_family_desk(folder, ROOT / "static" / "fonts", config.load(ROOT / "kiosk.toml").camera)
    return folder


def empty_desk(folder: Path) -> Path:
    """A table on which nothing lies, in a folder of its own."""
    table = folder / "empty-table"
    table.mkdir()
    for number in range(3):
        cv2.imwrite(str(table / f"{number:03d}.jpg"), np.full((1080, 1920, 3), 90, np.uint8))
    return table


@contextmanager
def a_house(folder: Path, desk: Path) -> Iterator[House]:
    """An enrolled station and its central; nothing runs yet."""
    enrol(folder)
    take_on_officers(folder)
    (folder / "desk").symlink_to(desk)
    built = House(folder)
    try:
        yield built
    finally:
        built.stop()


@pytest.fixture
def house(tmp_path: Path, desk: Path) -> Iterator[House]:
    """One for each test."""
    with a_house(tmp_path, desk) as built:
        yield built


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all journeys; each visitor gets a profile of his own."""
    if not shutil.which(CHROMIUM):
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=UPRIGHT, has_touch=True, locale="vi-VN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def visitor(house: House, page: Page) -> Iterator[Visitor]:
    """Somebody in front of the screen, who must have nothing to complain about."""
    arrived = Visitor(page, house.station_url)
    yield arrived
    assert arrived.complaints == []

"""A stolen station: a day of visits in a real browser, one of them under way, then every file is searched."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kiosk import browser, config
from kiosk.rehearsal import CHILDREN, GUARDIAN, lay_family_desk
from tests.conftest import ROOT
from tests.journeys.conftest import CHROMIUM, UPRIGHT
from tests.journeys.mouse import Mouse
from tests.journeys.visitor import PHONE, Visitor
from tests.processes import House, free_port, wait_until_answers
from tests.stations import enrol
from tests.traces import JPEG, pictures_in, traces

SETTLE_SECONDS = 45
"""Chromium writes its cookies after 35 s (measured); without --incognito ours is then on the disk."""

WORDS = (
    GUARDIAN.full_name,
    GUARDIAN.personal_id.digits,
    GUARDIAN.address or "",
    CHILDREN[0].full_name,
    CHILDREN[0].card_number.text,
    PHONE,
    "kiosk_visit",
)


def run(full: bool) -> None:
    """Print what was searched; an assertion ends it where anything is found."""
    with tempfile.TemporaryDirectory() as folder:
        _steal(Path(folder), 50 if full else 1, SETTLE_SECONDS if full else 0)


def _steal(data: Path, visits: int, seconds: float) -> None:
    temporary = Path(tempfile.gettempdir())
    before = set(temporary.iterdir())
    house, home = _house(data), data / "home"
    house.start("serve")
    began = time.perf_counter()
    try:
        with _panel(house, home) as page:
            pictures = _a_day(Mouse(page, house.station_url), visits)
            took = time.perf_counter() - began
            time.sleep(seconds)
            folders = [data / "station", home, Path("/var/tmp"), *(set(temporary.iterdir()) - before)]
            _must_be_clean(folders, pictures, "while a visit is under way")
        house.kill("serve")
        _must_be_clean(folders, pictures, "after the plug was pulled")
    finally:
        house.stop()
    files = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{visits} visits in {took:.0f} s, one more under way for {seconds:.0f} s: nothing of", end=" ")
    print(f"{len(WORDS)} words and {len(pictures)} photographs, no JPEG header,", end=" ")
    print(f"in {len(files)} files of {size:.0f} MB")


def _house(data: Path) -> House:
    enrol(data)
    lay_family_desk(data / "desk", ROOT / "static" / "fonts", config.load(ROOT / "kiosk.toml").camera)
    return House(data)


@contextmanager
def _panel(house: House, home: Path) -> Iterator[Page]:
    """Debian's Chromium as the station starts it, on a profile of its own; the plug is pulled at the end."""
    port, (width, height) = free_port(), (UPRIGHT["width"], UPRIGHT["height"])
    flags = [each for each in browser.FLAGS if each != "--kiosk"]
    flags += ["--headless=new", "--no-sandbox", "--disable-gpu", f"--window-size={width},{height}"]
    flags += [f"--remote-debugging-port={port}", f"--user-data-dir={home / 'profile'}"]
    home.mkdir()
    process = subprocess.Popen(
        [CHROMIUM, *flags, f"{house.station_url}/"],
        env=os.environ | {"HOME": str(home), "TMPDIR": str(home)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_answers(f"http://127.0.0.1:{port}/json/version", process)
        with sync_playwright() as playwright:
            [context] = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}").contexts
            context.set_default_timeout(30_000)
            yield context.pages[0]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _a_day(visitor: Visitor, visits: int) -> list[bytes]:
    """Declare so often, then begin once more; return the photographs of the first and the last."""
    pictures = []
    visitor.arrive()
    for number in range(visits + 1):
        visitor.answer_everything()
        visitor.sees("kiểm tra lại")
        if number in (0, visits):
            pictures += _photographs(visitor.page)
        if number < visits:
            visitor.review()
            visitor.pledge()
            visitor.touch("Kết thúc")
            visitor.sees("Đăng ký tài khoản VssID cho con")
    assert len({sha256(each).digest() for each in pictures}) >= 2
    assert all(JPEG.match(each) for each in pictures), "what is searched for is what they begin with"
    return pictures


def _photographs(page: Page) -> list[bytes]:
    fetched = page.evaluate(
        "Promise.all([...document.images].filter(i => i.src.startsWith('http')).map(async i => "
        "[...new Uint8Array(await (await fetch(i.src)).arrayBuffer())]))"
    )
    return [bytes(each) for each in fetched if bytes(each).startswith(b"\xff\xd8\xff")]


def _must_be_clean(folders: list[Path], pictures: list[bytes], when: str) -> None:
    found = [*traces(folders, WORDS, pictures), *map(str, pictures_in(folders))]
    assert not found, f"{when}: {found}"

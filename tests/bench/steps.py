"""How long a step takes at the server while the camera runs, and until the browser paints it.

Bounds: p99 of a page 50 ms, painted within 100 ms of the press. Pages are asked over HTTP from `kiosk serve`
with a live preview; a step of a visit exchanges the screen, only the first page is loaded whole.
"""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from kiosk import config
from kiosk.rehearsal import lay_family_desk
from tests.answers import BOTH_CARDS
from tests.conftest import ROOT
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.processes import House
from tests.stations import enrol

PAGES = (
    "/guardian/",
    "/guardian/typed/name",
    "/child/",
    "/contact/phone",
    "/contact/relationship",
    "/consent/",
)

_STEP = """
() => new Promise((done) => {
  const pressed = performance.now();
  const painted = () => setTimeout(() => done(performance.now() - pressed));
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(painted), { once: true });
  document.querySelector("#screen main a[hx-get], #screen .actions a[hx-get]").click();
})
"""
_FIRST = "() => performance.getEntriesByName('first-paint')[0].startTime"


def run(full: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        enrol(data)
        lay_family_desk(data / "desk", ROOT / "static" / "fonts", config.load(ROOT / "kiosk.toml").camera)
        house = House(data)
        house.start("serve")
        try:
            _serve(house.station_url, 500 if full else 50)
            _paint(house.station_url, 40 if full else 8)
        finally:
            house.stop()


def _serve(url: str, rounds: int) -> None:
    with httpx.Client(base_url=url, follow_redirects=True) as visitor:
        for path, answers in BOTH_CARDS:
            visitor.post(path, data=answers).raise_for_status()
        stop = threading.Event()
        watcher = threading.Thread(target=_watch, args=(url, stop))
        watcher.start()
        spent = [_milliseconds(visitor, PAGES[at % len(PAGES)]) for at in range(rounds)]
        bare = [_milliseconds(visitor, "/panel.css") for _ in range(rounds)]
        stop.set()
        watcher.join()
    _row("a page, camera running / one line of CSS", spent, bare)


def _watch(url: str, stop: threading.Event) -> None:
    with httpx.stream("GET", f"{url}/preview/citizen-card.mjpeg") as preview:
        for _ in preview.iter_bytes():
            if stop.is_set():
                return


def _milliseconds(visitor: httpx.Client, path: str) -> float:
    started = time.perf_counter()
    visitor.get(path).raise_for_status()
    return (time.perf_counter() - started) * 1000


def _paint(url: str, rounds: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1080, "height": 1920})
        loads, steps = [], []
        for _ in range(rounds):
            page.goto(f"{url}/guide/")
            page.wait_for_timeout(600)  # a new screen takes no presses for a moment
            loads.append(float(page.evaluate(_FIRST)))
            steps.append(float(page.evaluate(_STEP)))
        browser.close()
    _row("a press until the next screen is painted", steps, [])
    _row("first paint of a page loaded whole", loads[1:], [])
    _row("the same once after the browser's start, with nothing kept yet", loads[:1], [])


def _row(name: str, ours: list[float], bare: list[float]) -> None:
    ordered = sorted(ours)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    beside = f", baseline p50 {statistics.median(bare):.1f} ms" if bare else ""
    print(f"{name}: p50 {statistics.median(ours):.1f} ms, p99 {p99:.1f} ms{beside}", flush=True)

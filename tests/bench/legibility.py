"""Can the writing be read? Live gate and final verdict against what a reader gets right of each page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.domain.measurements import DocumentMeasurements
from kiosk.domain.photo_words import PhotoKind
from kiosk.domain.quality import legibility
from kiosk.vision.assess import assess_paper, assess_reading
from kiosk.vision.document import find_document
from kiosk.vision.edges import reduced
from kiosk.vision.live import LIVE_PX, SHEET_PX
from kiosk.vision.ocr import read_sheet
from kiosk.vision.photo import measure_sheet
from tests.pages.desk import DESKS
from tests.pages.limits import LIMITS
from tests.pages.shots import BLURS, DAMAGES, flattened, likeness, shoot

SEED = 20261125
LEGIBLE, ILLEGIBLE = 0.90, 0.70  # of the letters; what lies between is left out
PATIENCE_SECONDS = 120.0  # a busy machine changes no figure
CLEAR_DESKS = tuple(desk for desk in DESKS if not desk.startswith("white"))


@dataclass(frozen=True, slots=True)
class Tried:
    """One page: what was done to it, how much of it a reader gets right, and what was said of it."""

    kind: str
    right: float
    live: float
    verdict: float
    accepted: bool
    laplacian: float


def run(full: bool) -> None:
    """Print areas under the curve. Baseline: the variance of the Laplacian of the whole frame."""
    count = 1000 if full else 45
    print(f"seed {SEED}; {count} certificates; legible from {LEGIBLE:.0%} of the letters,", end=" ")
    print(f"illegible to {ILLEGIBLE:.0%}")
    tried: list[Tried] = []
    with ProcessPoolExecutor(2) as pool:
        for each in pool.map(_try, range(count), chunksize=3):
            tried.append(each)
            if len(tried) % 250 == 0:
                _print(tried)
    if count % 250:
        _print(tried)


def _try(number: int) -> Tried:
    cv2.setNumThreads(1)
    rng = np.random.default_rng((SEED, number))
    kind = list(DAMAGES)[number % len(DAMAGES)]
    shot = shoot(kind, rng, CLEAR_DESKS[number % len(CLEAR_DESKS)])
    right = likeness(shot.page.text, "\n".join(read_sheet(flattened(shot), PATIENCE_SECONDS).lines))
    frame = _live(shot.scene.image)
    live = measure_sheet(frame, find_document(frame).corners, SHEET_PX).sharpness
    looks = assess_paper(shot.scene.image, PhotoKind.BIRTH_CERTIFICATE, LIMITS)
    found = assess_reading(shot.scene.image, looks, LIMITS, PATIENCE_SECONDS)
    assert isinstance(found.measured, DocumentMeasurements)
    verdict = legibility(found.measured) if found.measured.reading else 0.0
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    return Tried(kind, right, live, verdict, found.accepted, float(cv2.Laplacian(grey, cv2.CV_64F).var()))


def _live(image: Image) -> Image:
    scale = min(1.0, LIVE_PX / max(image.shape[:2]))
    return reduced(image, scale) if scale < 1 else image


def _print(tried: list[Tried]) -> None:
    blurs = [each for each in tried if each.kind in (*BLURS, "sharp")]
    print(f"\n{len(tried)} pages: {_counts(tried)}; blurred and sharp ones alone: {_counts(blurs)}")
    for name, group, score in (
        ("live gate, blur", blurs, _live_score),
        ("verdict, everything", tried, _verdict),
    ):
        print(f"{name:<20} AUC {_area(group, score):.3f}   baseline {_area(group, _baseline):.3f}")
    print("                 legible: n  accepted %   illegible: n  accepted %")
    for kind in (*DAMAGES, "all"):
        row = [each for each in tried if kind in (each.kind, "all")]
        good, bad = _legible(row), _illegible(row)
        print(f"{kind:<16}{len(good):>12}{_accepted(good):>12}{len(bad):>15}{_accepted(bad):>12}", flush=True)


def _area(tried: list[Tried], score: Callable[[Tried], float]) -> float:
    """Area under the curve: how often a legible page scores higher than an illegible one."""
    good = np.array([score(each) for each in _legible(tried)])[:, None]
    bad = np.array([score(each) for each in _illegible(tried)])
    return float(((good > bad) + 0.5 * (good == bad)).mean())


def _live_score(tried: Tried) -> float:
    return tried.live


def _verdict(tried: Tried) -> float:
    return tried.verdict


def _baseline(tried: Tried) -> float:
    return tried.laplacian


def _legible(tried: Iterable[Tried]) -> list[Tried]:
    return [each for each in tried if each.right >= LEGIBLE]


def _illegible(tried: Iterable[Tried]) -> list[Tried]:
    return [each for each in tried if each.right <= ILLEGIBLE]


def _counts(tried: list[Tried]) -> str:
    return f"{len(_legible(tried))} legible, {len(_illegible(tried))} illegible"


def _accepted(tried: list[Tried]) -> str:
    return f"{100 * sum(each.accepted for each in tried) / len(tried):.1f}" if tried else "-"

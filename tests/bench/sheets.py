"""Sheets on a desk: are those that are cut off noticed, the whole ones let pass, and the corners right?"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.domain.measurements import Corners, Extent, Sighting
from kiosk.vision.document import find_document, ordered
from tests.pages.certificate import certificate
from tests.pages.desk import DESKS, Scene, View, photograph
from tests.pages.shots import SENSORS

SEED = 20261125
RIGHT = 0.03  # of the sheet's longer side, the worst corner: the page's own margin is kept
MARGIN = 0.006  # of the picture: the baseline calls a figure whole that keeps this distance


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one scene: "right", "wrong" (whole, but not where the sheet is), "cut" or "none"."""

    desk: str
    cut: bool
    ours: str
    baseline: str


def run(full: bool) -> None:
    """Print a row for each desk. Baseline: Canny, the largest outline, approxPolyDP."""
    count = 300 if full else 15
    jobs = [(desk, number) for desk in DESKS for number in range(count)]
    with ProcessPoolExecutor(2) as pool:
        tried = list(pool.map(_try, jobs, chunksize=5))
    print(f"seed {SEED}; {count} scenes a desk, every second cut off by 3 to 25 % of its side")
    print(f"{'':<12}{'cut: noticed %':>22}{'whole: right %':>22}{'whole: wrong %':>22}{'any: wrong %':>22}")
    print(f"{'':<12}" + f"{'ours':>11}{'baseline':>11}" * 4)
    for desk in (*DESKS, "all"):
        print(_row(desk, [each for each in tried if desk in (each.desk, "all")]), flush=True)


def scene(desk: str, number: int) -> Scene:
    """One scene by its number: every second is cut off; sensors, sizes, turns and tilts differ."""
    rng = np.random.default_rng((SEED, list(DESKS).index(desk), number))
    width, height = SENSORS[int(rng.choice(len(SENSORS), p=(0.6, 0.25, 0.15)))]
    view = View(
        width,
        height,
        share=(0.45, 0.7) if rng.random() < 0.25 else (0.7, 0.94),  # A5 as the camera of an A4 desk sees it
        turn=float(rng.choice((4, 10, 20))),
        tilt=float(rng.choice((4, 12, 18))),
        cut=float(rng.uniform(0.03, 0.25)) if number % 2 else 0.0,
        quarter=int(rng.integers(0, 4)),
        finger=bool(rng.random() < 0.1),
        noise=float(rng.uniform(1, 5)),
    )
    return photograph(certificate(rng, 5.0).image, desk, rng, view)


def outcome(seen: Sighting, photo: Scene) -> str:
    """Compare what was seen with the truth."""
    if seen.extent is not Extent.WHOLE or seen.corners is None:
        return seen.extent.value
    truth = ordered(np.asarray(photo.corners, np.float64))
    longest = np.linalg.norm(truth - np.roll(truth, 1, 0), axis=1).max()
    off = np.linalg.norm(np.asarray(seen.corners) - truth, axis=1).max() / longest
    return "right" if off < RIGHT else "wrong"


def _try(job: tuple[str, int]) -> Tried:
    cv2.setNumThreads(1)
    photo = scene(*job)
    ours, baseline = find_document(photo.image), outermost_contour(photo.image)
    return Tried(job[0], photo.cut, outcome(ours, photo), outcome(baseline, photo))


def outermost_contour(image: Image) -> Sighting:
    """The usual recipe: edges, the largest outline with four corners."""
    scale = 1000 / max(image.shape[:2])
    grey = cv2.cvtColor(cv2.resize(image, None, fx=scale, fy=scale), cv2.COLOR_BGR2GRAY)
    edges = cv2.dilate(cv2.Canny(cv2.GaussianBlur(grey, (5, 5), 0), 75, 200), np.ones((3, 3)))
    outlines = cv2.findContours(edges, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:5]:
        figure = cv2.approxPolyDP(outline, 0.02 * cv2.arcLength(outline, closed=True), closed=True)
        if len(figure) == 4 and cv2.contourArea(figure) > 0.1 * grey.size:
            return _judged(ordered(figure[:, 0].astype(np.float64)), grey.shape, scale)
    return Sighting(Extent.NONE)


def _judged(corners: np.ndarray, shape: tuple[int, ...], scale: float) -> Sighting:
    size = np.array(shape[1::-1])
    inside = (corners > MARGIN * size).all() and (corners < (1 - MARGIN) * size).all()
    a, b, c, d = ((float(x), float(y)) for x, y in corners / scale)
    found: Corners = (a, b, c, d)
    return Sighting(Extent.WHOLE, found) if inside else Sighting(Extent.CUT)


def _row(desk: str, tried: list[Tried]) -> str:
    cut = [each for each in tried if each.cut]
    whole = [each for each in tried if not each.cut]
    cells = []
    for group, wanted in (
        (cut, ("cut", "none")),
        (whole, ("right",)),
        (whole, ("wrong",)),
        (tried, ("wrong",)),
    ):
        for name in ("ours", "baseline"):
            counted = Counter(getattr(each, name) for each in group)
            cells.append(100 * sum(counted[each] for each in wanted) / max(1, len(group)))
    return f"{desk:<12}" + "".join(f"{cell:11.1f}" for cell in cells)

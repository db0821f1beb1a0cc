"""How small may a still be? Letters that are read right, against bytes, by quality and size of the JPEG."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.vision.edges import reduced
from kiosk.vision.jpeg import LARGEST_BYTES, encode
from kiosk.vision.ocr import read_sheet
from tests.pages import damage
from tests.pages.certificate import certificate
from tests.pages.desk import Scene, View, photograph
from tests.pages.shots import SENSORS, Shot, flattened, likeness

SEED = 20261125
SHRINKS = (1.0, 0.85, 0.72)
QUALITIES = (95, 90, 85, 80, 75, 70, 60, 50, 40)
GRAIN = (2.0, 4.0, 7.0)  # of a sensor: good light, usual light, little light
LIKE = 0.01  # of the letters: a loss smaller than this is chance
CHOSEN = "as sealed"


@dataclass(frozen=True, slots=True)
class Tried:
    """One photograph, packed in one way. Units: `lost` of the letters read of it unpacked, parts of 1."""

    sensor: int
    way: str
    kilobytes: float
    right: float
    lost: float


def run(full: bool) -> None:
    """Print a table for each sensor. Baseline: the quality of 95 that OpenCV takes by itself."""
    count = 12 if full else 2
    jobs = [(sensor, number) for sensor in range(len(SENSORS)) for number in range(count)]
    with ProcessPoolExecutor(2) as pool:
        tried = [each for some in pool.map(_try, jobs) for each in some]
    print(f"seed {SEED}; {count} certificates a sensor, grain of {GRAIN}; asked: {LARGEST_BYTES // 1000} kB")
    print(f"hurt: part of the pages of which {LIKE:.0%} of the letters and more are lost by packing")
    for sensor, size in enumerate(SENSORS):
        print(f"\n{size[0]} x {size[1]:<10}{'kB':>8}{'largest':>9}{'read %':>9}{'lost %':>8}{'hurt %':>8}")
        mine = [each for each in tried if each.sensor == sensor]
        for way in dict.fromkeys(each.way for each in mine):
            print(_row(way, [each for each in mine if each.way == way]), flush=True)


def _row(way: str, tried: list[Tried]) -> str:
    bytes_, right, lost = (
        np.array([getattr(each, name) for each in tried]) for name in ("kilobytes", "right", "lost")
    )
    cells = f"{bytes_.mean():8.0f}{bytes_.max():9.0f}{100 * right.mean():9.1f}{100 * lost.mean():8.2f}"
    return f"{way:<17}{cells}{100 * (lost >= LIKE).mean():8.0f}"


def _try(job: tuple[int, int]) -> list[Tried]:
    cv2.setNumThreads(1)
    sensor, number = job
    shot = _shot(sensor, number)
    before = _right(shot, shot.scene.image)
    tried = [Tried(sensor, "unpacked", shot.scene.image.nbytes / 1000, before, 0.0)]
    for way, packed in _packed(shot.scene.image):
        right = _right(shot, _opened(packed))
        tried.append(Tried(sensor, way, len(packed) / 1000, right, before - right))
    return tried


def _shot(sensor: int, number: int) -> Shot:
    """Photograph a certificate; the grain comes last and through no JPEG."""
    rng = np.random.default_rng((SEED, sensor, number))
    page = certificate(rng)
    view = View(*SENSORS[sensor], share=(0.85, 0.95), turn=4, tilt=6, quarter=number % 4, noise=0.5)
    scene = photograph(page.image, ("dark-mat", "wood", "grey")[number % 3], rng, view)
    grainy = damage.noisy(scene.image, GRAIN[number % len(GRAIN)], rng)
    return Shot(Scene(grainy, scene.corners, cut=False), page, "sharp")


def _packed(image: Image) -> list[tuple[str, bytes]]:
    ways = [(f"q {quality}", _jpeg(image, quality)) for quality in QUALITIES]
    for shrink in SHRINKS[1:]:
        small = reduced(image, shrink)
        ways += [(f"x {shrink}, q {quality}", _jpeg(small, quality)) for quality in (85, 75)]
    return [*ways, (CHOSEN, encode(image))]


def _jpeg(image: Image, quality: int) -> bytes:
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    return np.asarray(cv2.imencode(".jpg", image, options)[1]).tobytes()


def _opened(packed: bytes) -> Image:
    return cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_COLOR).astype(np.uint8)


def _right(shot: Shot, image: Image) -> float:
    """Read the sheet where it truly lies, so that nothing but the packing differs."""
    scale = image.shape[1] / shot.scene.image.shape[1]
    seen = Shot(Scene(image, shot.scene.corners * np.float32(scale), cut=False), shot.page, shot.kind)
    return likeness(shot.page.text, "\n".join(read_sheet(flattened(seen)).lines))

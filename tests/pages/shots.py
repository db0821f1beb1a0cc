"""Photographs of certificates damaged in one way each, and how much of them a reader can still read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from hardware.protocols import Image
from tests.pages import damage
from tests.pages.certificate import Page, certificate
from tests.pages.desk import Scene, View, photograph

SENSORS = ((1920, 1080), (2592, 1944), (3264, 2448))
"""Full HD, 5 MP and 8 MP."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Shot:
    """A photograph of a certificate and what was done to it."""

    scene: Scene
    page: Page
    kind: str


def shoot(kind: str, rng: Generator, desk: str = "dark-mat") -> Shot:
    """Photograph a certificate, mostly in full HD, then damage the picture: from harmless to hopeless."""
    page = certificate(rng)
    width, height = SENSORS[int(rng.choice(len(SENSORS), p=(0.7, 0.25, 0.05)))]
    view = View(width, height, share=(0.8, 0.95), turn=4, tilt=8, quarter=int(rng.integers(0, 4)), noise=1.5)
    scene = photograph(page.image, desk, rng, view)
    px_per_mm = float(np.linalg.norm(scene.corners[0] - scene.corners[3])) / 297
    image, scale = DAMAGES[kind](scene.image, px_per_mm, rng)
    image = damage.jpeg(image, int(rng.integers(60, 93)) if kind != "jpeg" else 95)
    return Shot(Scene(image, scene.corners * np.float32(scale), cut=False), page, kind)


def flattened(shot: Shot, px_per_mm: float = 5.0) -> Image:
    """Cut the sheet out by its true corners, upright and grey."""
    size = (round(210 * px_per_mm), round(297 * px_per_mm))
    flat = np.array([[0, 0], [size[0], 0], size, [0, size[1]]], np.float32)
    onto = cv2.getPerspectiveTransform(shot.scene.corners.astype(np.float32), flat)
    grey = cv2.cvtColor(shot.scene.image, cv2.COLOR_BGR2GRAY)
    return cv2.warpPerspective(grey, onto, size, flags=cv2.INTER_AREA).astype(np.uint8)


def likeness(printed: str, read: str) -> float:
    """Compare two texts: 1 minus edits per printed character, at least 0; blanks count as one."""
    a, b = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (printed, read))
    return max(0.0, 1 - _edits(a, b) / max(1, len(a)))


def _edits(a: str, b: str) -> int:
    """Levenshtein's distance, one row of the table at a time."""
    letters = np.array([ord(letter) for letter in b])
    index = np.arange(len(b) + 1)
    row = index.copy()
    for number, letter in enumerate(a, 1):
        step = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)))
        row = np.minimum.accumulate(np.concatenate([[number], step]) - index) + index
    return int(row[-1])


Damaged = tuple[Image, float]


def _none(image: Image, _mm: float, _rng: Generator) -> Damaged:
    return image, 1.0


def _defocus(image: Image, mm: float, rng: Generator) -> Damaged:
    return damage.defocused(image, rng.uniform(0.05, 0.9) * mm), 1.0


def _motion(image: Image, mm: float, rng: Generator) -> Damaged:
    return damage.shaken(image, rng.uniform(0.2, 2.4) * mm, rng.uniform(0, np.pi)), 1.0


def _local(image: Image, mm: float, rng: Generator) -> Damaged:
    return damage.partly(image, damage.defocused(image, rng.uniform(0.2, 1.1) * mm), rng), 1.0


def _noise(image: Image, _mm: float, rng: Generator) -> Damaged:
    return damage.noisy(damage.lit(image, rng.uniform(0.5, 1.0)), rng.uniform(8, 60), rng), 1.0


def _dark(image: Image, _mm: float, rng: Generator) -> Damaged:
    return damage.noisy(damage.lit(image, rng.uniform(0.04, 0.4)), rng.uniform(2, 7), rng), 1.0


def _glare(image: Image, _mm: float, rng: Generator) -> Damaged:
    return damage.glared(image, rng.uniform(0.003, 0.25), rng), 1.0


def _coarse(image: Image, mm: float, rng: Generator) -> Damaged:
    scale = min(1.0, rng.uniform(1.0, 3.5) / mm)
    return damage.smaller(image, scale), scale


def _squeezed(image: Image, _mm: float, rng: Generator) -> Damaged:
    return damage.jpeg(image, int(rng.integers(2, 35))), 1.0


DAMAGES: dict[str, Callable[[Image, float, Generator], Damaged]] = {
    "sharp": _none,
    "defocus": _defocus,
    "motion": _motion,
    "local-blur": _local,
    "noise": _noise,
    "low-light": _dark,
    "glare": _glare,
    "low-resolution": _coarse,
    "jpeg": _squeezed,
}
BLURS = ("defocus", "motion", "local-blur")

"""Photographs that a reviewer would take, and the same with one thing wrong; drawn once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np

from hardware.protocols import Image
from tests.pages import damage
from tests.pages.certificate import certificate
from tests.pages.desk import View, photograph
from tests.pages.faces import Sitter, portrait


@cache
def good_certificate() -> Image:
    """A legible page on a dark mat, 1600 x 1200."""
    page = certificate(np.random.default_rng(14), 6.0).image
    view = View(1600, 1200, share=(0.85, 0.9), turn=3, tilt=6)
    return photograph(page, "dark-mat", np.random.default_rng(2), view).image


@cache
def good_portrait() -> Image:
    """A face that looks straight ahead, 1280 x 720."""
    return portrait(Sitter(1), rng=np.random.default_rng(3), size=(1280, 720))


def blurred(image: Image) -> Image:
    """Out of focus."""
    return cv2.GaussianBlur(image, (0, 0), 5).astype(np.uint8)


def cut(image: Image) -> Image:
    """Its upper part outside the picture."""
    return np.ascontiguousarray(np.roll(image, -image.shape[0] // 4, axis=0))[: -image.shape[0] // 4]


def glared(image: Image) -> Image:
    """A lamp's reflection on the writing."""
    return damage.glared(image, 0.06, np.random.default_rng(5))


def lay(folder: Path, *images: Image) -> None:
    """Make these the pictures of a twin camera's folder, in place of what lay there, each at once."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.iterdir())[len(images) :]:
        old.unlink()
    for number, image in enumerate(images):
        beside = folder.with_name(f".{folder.name}.jpg")
        cv2.imwrite(str(beside), image, [cv2.IMWRITE_JPEG_QUALITY, 90])
        beside.replace(folder / f"{number:03d}.jpg")

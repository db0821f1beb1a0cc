"""One photographed face, from the public domain, with one thing wrong or nothing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np

from hardware.protocols import Image
from tests.pages import damage

_EYES = (222.0, 112.0)  # px of the photograph, between the eyes
_SIZE = (1280, 720)


def astronaut() -> Image:
    """NASA's portrait of 1999 (public domain), as scikit-image's wheel brings it (requirements-face.lock)."""
    package = find_spec("skimage")
    assert package, "make setup-test"
    assert package.origin
    face = cv2.imread(str(Path(package.origin).parent / "data" / "astronaut.png"))
    assert face is not None  # the wheel holds it
    return face


def photographed(face: Image) -> dict[str, Image]:
    """Place the face before a camera of 1280 x 720. The picture around it is no plain wall."""
    good = _placed(face)
    two = _placed(face, x=340, scale=1.9)
    two[:, 640:] = np.roll(two, 600, axis=1)[:, 640:]
    dark = damage.noisy(damage.lit(good, 0.15), 3.0, np.random.default_rng(0))
    return {
        "good": good,
        "half, left": _placed(face, x=0),
        "half, right": _placed(face, x=_SIZE[0]),
        "half, above": _placed(face, y=0),
        "half, below": _placed(face, y=_SIZE[1]),
        "two": two,
        "blurred": cv2.GaussianBlur(good, (0, 0), 6).astype(np.uint8),
        "moved": damage.shaken(good, 20, 0.4),
        "dark": dark,
        "nobody": np.ascontiguousarray(good[:, :300]),
    }


def _placed(face: Image, x: float = 640, y: float = 300, scale: float = 2.2) -> Image:
    """Put the middle between the eyes at a place of the picture."""
    onto = np.array([[scale, 0, x - scale * _EYES[0]], [0, scale, y - scale * _EYES[1]]])
    placed = cv2.warpAffine(face, onto, _SIZE, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return damage.jpeg(placed.astype(np.uint8), 90)

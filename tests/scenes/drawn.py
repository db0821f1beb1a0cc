"""A code drawn flat and flawless, as a printer means it."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import segno


def drawn(text: str, rng: Random, scale: int = 4) -> np.ndarray:
    """Draw a text as UTF-8 with any level of correction and any mask, on a white sheet. Shape: grey."""
    error, mask = rng.choice("lmqh"), rng.randrange(8)
    code = segno.make(
        text, error=error, mask=mask, encoding="utf-8", mode="byte", micro=False, boost_error=False
    )
    dark = np.array([list(row) for row in code.matrix_iter(border=4)]) == 1
    grey = np.where(dark, 30, 235).astype(np.uint8)
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)

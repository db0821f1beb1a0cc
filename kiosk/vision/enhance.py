"""Preparing a grey picture for a decoder: larger, sharper, calmer."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

WHITE = 251  # a sensor at its limit, give or take what JPEG does
GLARE_SHARE = 0.004  # of the pixels. Source: degraded scenes without glare have none, 3 % glare has 0.02


def grey_of(image: Grey) -> Grey:
    """Return one grey byte a pixel. zbar given colours would see the blue ones only."""
    if image.ndim == 2:
        return np.ascontiguousarray(image)
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def resized(grey: Grey, factor: float) -> Grey:
    """Return the picture larger (smoothly) or smaller (averaged)."""
    if factor == 1:
        return grey
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how).astype(np.uint8, copy=False)


def sharpened(grey: Grey, spread_px: float, amount: float) -> Grey:
    """Return the picture with its difference from a blurred copy added `amount` times."""
    soft = cv2.GaussianBlur(grey, (0, 0), spread_px)
    return cv2.addWeighted(grey, 1 + amount, soft, -amount, 0).astype(np.uint8, copy=False)


def calmed(grey: Grey, spread_px: float) -> Grey:
    """Return the picture without detail finer than the spread: noise, mostly."""
    return cv2.GaussianBlur(grey, (0, 0), spread_px).astype(np.uint8, copy=False)


def has_glare(grey: Grey) -> bool:
    """Whether a lamp's reflection drowns some of the picture."""
    return float((grey >= WHITE).mean()) > GLARE_SHARE

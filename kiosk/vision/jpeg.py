"""Stills as small JPEG files that lose no letter."""

from __future__ import annotations

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.vision.edges import reduced

LARGEST_BYTES = 600_000
"""Source: the agency's limit is unknown; three stills of this size pass a 2 Mbit/s line in 8 s."""

_QUALITIES = (90, 85, 80, 75, 70)  # below 70 letters of 10 px begin to fray (docs/photos.md)
_SHRINK = 0.85


def encode(image: Image, largest_bytes: int = LARGEST_BYTES) -> bytes:
    """Compress a picture to at most so many bytes: quality gives way first, then size, never below 70."""
    while True:
        for quality in _QUALITIES:
            packed = _jpeg(image, quality)
            if len(packed) <= largest_bytes:
                return packed
        image = reduced(image, _SHRINK)


def _jpeg(image: Image, quality: int) -> bytes:
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    done, packed = cv2.imencode(".jpg", image, options)
    assert done, "an array of pixels is always a picture"
    return np.asarray(packed).tobytes()

"""Is this the same picture as before? A hash that small changes of light and place do not change."""

from __future__ import annotations

import cv2
import numpy as np

from hardware.protocols import Image

SAME_BITS = 8
"""Two hashes that differ in fewer bits are of the same picture: re-taken ones differ by 0 to 6 of 64,
other pages on the same mat by 12 and more (tests/bench/sheets.py)."""


def perceptual_hash(image: Image) -> int:
    """64 bits of what the picture looks like: signs of the low frequencies of its grey 32 by 32 copy."""
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(small)[:9, :9].ravel()[1:65]
    bits = low > np.median(low)
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def alike(one: int, other: int) -> bool:
    """True if two hashes are of the same picture."""
    return (one ^ other).bit_count() < SAME_BITS

"""OpenCV's own reader: the weakest of all, asked last."""

from __future__ import annotations

import cv2
import numpy as np

from kiosk.vision.code_parts import Points
from kiosk.vision.enhance import Grey


def read_codes(grey: Grey) -> list[tuple[bytes, Points]]:
    """Read every code. Shape: corners (4, 2).

    OpenCV hands text over as UTF-8 and cannot hand over anything else.
    """
    try:
        found, texts, corners, _ = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(grey)
    except (
        cv2.error,
        UnicodeDecodeError,
    ):  # its answer to some pictures without a code, and to bytes not UTF-8
        return []
    if not found:
        return []
    return [
        (text.encode(), np.asarray(places, np.float64))
        for text, places in zip(texts, corners, strict=True)
        if text
    ]

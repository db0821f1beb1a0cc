"""The frame in which a code was found, for the page to show it outlined."""

from __future__ import annotations

import cv2

from hardware.protocols import Image
from kiosk.visits import Sighting

WIDTH_PX = 960
QUALITY = 80


def sight(image: Image, corners: tuple[tuple[float, float], ...]) -> Sighting:
    """Shrink the frame to what the page shows, and the code's corners with it."""
    height, width = image.shape[:2]
    scale = min(1.0, WIDTH_PX / width)
    size = round(width * scale), round(height * scale)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    done, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    assert done, "a frame from the camera is always a picture"
    outline = tuple((round(x * scale), round(y * scale)) for x, y in corners)
    return Sighting(data.tobytes(), *size, outline)

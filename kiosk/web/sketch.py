"""The outline of what was found, drawn into the live picture, so that both arrive together."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from kiosk.lookout import Glance

GOOD, WRONG = (138, 208, 53), (64, 176, 255)
"""Blue, green, red: the green and the amber of static/css/tokens.css, light enough for a dark mat."""
THICK_PX = 5


def sketched(picture: MatLike, glance: Glance | None) -> MatLike:
    """Draw the sheet's outline, green when it is good; the picture itself where there is none."""
    if glance is None or glance.outline is None:
        return picture
    height, width = picture.shape[:2]
    corners = np.array([(x * width, y * height) for x, y in glance.outline]).round().astype(np.int32)
    drawn = picture.copy()
    colour = GOOD if glance.guidance.good else WRONG
    cv2.polylines(drawn, [corners], isClosed=True, color=colour, thickness=THICK_PX, lineType=cv2.LINE_AA)
    return drawn

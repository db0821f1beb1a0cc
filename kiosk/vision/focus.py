"""Is the camera in focus? Told by the edges of the mat's printed tags, whose sharpness is known."""

from __future__ import annotations

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.vision.enhance import grey_of
from kiosk.vision.mat import MatView


def edge_width_px(image: Image, mat: MatView) -> float:
    """How wide an edge between black and white is in the picture, in the worst tag that is seen.

    Units:  px, as contrast over the steepest slope once grain is taken out.
    Source: 3.2 for a sharp camera at 3 and 5 px/mm; 4.1, 4.9, 5.9 out of focus by a sigma of 1, 1.5, 2 px.
    """
    grey = cv2.GaussianBlur(grey_of(image), (0, 0), 0.6).astype(np.float32)
    onto_picture = np.linalg.inv(mat.onto_mm)
    tags = [mat.layout.tags()[number - mat.layout.first_id] for number in sorted(mat.seen)]
    corners = [cv2.perspectiveTransform(tag[None], onto_picture)[0] for tag in tags]
    return max(_width(_around(grey, np.asarray(each))) for each in corners)


def _around(grey: np.ndarray, corners: np.ndarray) -> np.ndarray:
    left, top = np.maximum(corners.min(0), 0).astype(int)
    right, bottom = np.ceil(corners.max(0)).astype(int)
    return grey[top : bottom + 1, left : right + 1]


def _width(tag: np.ndarray) -> float:
    low, high = np.percentile(tag, (5, 95))
    across, down = (
        cv2.Sobel(tag, cv2.CV_32F, 1, 0, scale=1 / 8),
        cv2.Sobel(tag, cv2.CV_32F, 0, 1, scale=1 / 8),
    )
    steepest = float(np.percentile(np.hypot(across, down), 99))
    return float(high - low) / max(steepest, 1e-6)

"""A photographed sheet laid flat: cut out by its corners, square again, upright if its writing says so."""

from __future__ import annotations

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.domain.measurements import Corners
from kiosk.vision.edges import Numbers, reduced
from kiosk.vision.ink import darkness, looks_upright, paper_level, runs_across


def flattened(image: Image, corners: Corners, longest_px: int) -> tuple[Image, float]:
    """Cut a sheet out and undo the perspective; return it with its px per px of the picture.

    Shape: the longer side is at most `longest_px`, and never larger than it was photographed.
    """
    seen = np.array(corners, np.float64)
    side = np.linalg.norm(np.roll(seen, -1, 0) - seen, axis=1)
    wide, high = max(side[0], side[2]), max(side[1], side[3])
    scale = min(1.0, longest_px / max(wide, high))
    low = np.floor(np.clip(seen.min(0) - 2, 0, None)).astype(int)
    part = image[low[1] : int(seen[:, 1].max()) + 3, low[0] : int(seen[:, 0].max()) + 3]
    shrink = min(1.0, 1.3 * scale)  # a warp alone would skip pixels and let fine lines flicker
    part = reduced(part, shrink) if shrink < 1 else part
    width, height = max(8, round(wide * scale)), max(8, round(high * scale))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    onto = cv2.getPerspectiveTransform(((seen - low) * shrink).astype(np.float32), flat)
    sheet = cv2.warpPerspective(
        part, onto, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return sheet.astype(np.uint8), scale


def upright(sheet: Image) -> Image:
    """Turn a flattened sheet by quarters until its writing can be read; as it is, if it has none."""
    turns = quarter_turns(sheet)
    return np.ascontiguousarray(np.rot90(sheet, turns))


def quarter_turns(sheet: Image) -> int:
    """How many quarter turns to the left make the writing upright, 0 to 3."""
    grey = sheet if sheet.ndim == 2 else cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    grey = reduced(grey, min(1.0, 1000 / max(grey.shape)))
    ink = darkness(grey, paper_level(grey))
    first = 0 if runs_across(ink) else 1
    one, other = (looks_upright(np.ascontiguousarray(np.rot90(ink, turns))) for turns in (first, first + 2))
    return first if one >= other else first + 2


def squareness(corners: Corners) -> float:
    """Shorter over longer of two opposite sides, the worse pair: 1 = seen from straight above."""
    side = _sides(corners)
    return float(min(min(side[k], side[k + 2]) / max(side[k], side[k + 2], 1e-6) for k in (0, 1)))


def turn_degrees(corners: Corners) -> float:
    """How far the sheet is turned from lying square in the picture, -45 to 45."""
    seen = np.array(corners, np.float64)
    edges = np.roll(seen, -1, 0) - seen
    angles = np.degrees(np.arctan2(edges[:, 1], edges[:, 0]))
    off = (angles + 45) % 90 - 45
    around = np.exp(1j * np.radians(off * 4)).mean()  # -45 and 45 are the same
    return float(np.degrees(np.angle(around)) / 4)


def _sides(corners: Corners) -> Numbers:
    seen = np.array(corners, np.float64)
    return np.asarray(np.linalg.norm(np.roll(seen, -1, 0) - seen, axis=1))

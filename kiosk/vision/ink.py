"""Ink on paper, freed from the light that falls on it: how dark, how high the letters, which way they run."""

from __future__ import annotations

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.vision.edges import Floats, Numbers

_STRIPS = 10  # columns in which rows of text are looked for; a row need not cross the page
_MARGIN = 0.05  # of the width: frames printed along the edge


def paper_level(grey: Image) -> Image:
    """What each place of the sheet would send without ink: letters closed, at a quarter of the size."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((17, 17), np.uint8))
    level = cv2.GaussianBlur(closed, (0, 0), 4)
    return cv2.resize(level, grey.shape[::-1], interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def darkness(grey: Image, level: Image) -> Floats:
    """How much darker than the paper, 0 to 255, whatever the light; a little softened against noise."""
    shade = cv2.divide(grey, np.maximum(level, 1), scale=255, dtype=cv2.CV_32F)
    return np.asarray(cv2.GaussianBlur(255 - np.minimum(shade, 255), (0, 0), 0.8), np.float32)


def row_strips(ink: Floats) -> Floats:
    """Mean darkness of every pixel row, in strips side by side. Shape: (rows, strips), margins left out."""
    inner = inside(ink)
    size = (_STRIPS, inner.shape[0])
    return np.asarray(cv2.resize(inner, size, interpolation=cv2.INTER_AREA), np.float32)


def inside(ink: Floats) -> Floats:
    """The page without its margins, which hold frames and no writing."""
    margin = max(1, round(_MARGIN * ink.shape[1]))
    return ink[margin:-margin, margin:-margin] if min(ink.shape) > 4 * margin else ink


def runs_across(ink: Floats) -> bool:
    """True if the rows of text run from left to right and not from top to bottom."""
    return _unevenness(ink) >= _unevenness(np.ascontiguousarray(np.rot90(ink)))


def letter_height(strips: Floats) -> float:
    """Height of small letters with their marks, px: the median thickness of the rows; 0 without rows."""
    thick = [stop - start for column in strips.T for start, stop in bands(column)]
    return float(np.median(thick)) if len(thick) > 5 else 0.0


def bands(column: Floats) -> list[tuple[int, int]]:
    """Find the rows of text in one strip: first and last pixel row of each."""
    base, peak = np.percentile(column, [30, 95])
    if peak - base < 4:
        return []
    inked = np.concatenate([[0], column > base + 0.45 * (peak - base), [0]]).astype(np.int8)
    change = np.flatnonzero(np.diff(inked))
    return [(int(a), int(b)) for a, b in zip(change[::2], change[1::2], strict=True) if 2 <= b - a <= 60]


def looks_upright(ink: Floats) -> float:
    """More than the same page turned half round, if it is upright: marks hang above the letters.

    Source: 108 of 108 generated pages (both cues 108 and 107 alone).
    """
    return _aligned(inside(ink)) + 0.02 * _top_heavy(row_strips(ink))


def _unevenness(ink: Floats) -> float:
    strips = row_strips(ink)
    return float(np.square(strips - cv2.blur(strips, (1, 61))).mean())


def _top_heavy(strips: Floats) -> float:
    """Ink above the rows less ink below them: ascenders and marks against descenders."""
    total = 0.0
    for column in strips.T:
        base = float(np.percentile(column, 30))
        for start, stop in bands(column):
            reach = int(0.8 * (stop - start))
            above, below = column[max(0, start - reach) : start], column[stop : stop + reach]
            surplus = float(np.maximum(above - base, 0).sum() - np.maximum(below - base, 0).sum())
            total += surplus / max(1.0, float(column[start:stop].sum()))
    return total


def _aligned(ink: Floats) -> float:
    """How much more the rows' starts agree than their ends, in parts of the width."""
    inked = ink > 40
    rows = cv2.blur(inked.sum(1, dtype=np.float32).reshape(-1, 1), (1, 5)).ravel()
    starts, ends = [], []
    for top, bottom in bands(np.asarray(rows, np.float32)):
        columns = np.flatnonzero(inked[top:bottom].sum(0) >= 2)
        if bottom - top >= 4 and len(columns) > 30:
            starts.append(np.percentile(columns, 1))
            ends.append(np.percentile(columns, 99))
    return (_spread(np.array(ends)) - _spread(np.array(starts))) / ink.shape[1] if len(starts) > 3 else 0.0


def _spread(places: Numbers) -> float:
    return float(np.median(np.abs(places - np.median(places))))

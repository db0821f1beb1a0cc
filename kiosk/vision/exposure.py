"""Light on a flattened sheet: its level, what is burnt out, and where a lamp is reflected."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.protocols import Image
from kiosk.vision.edges import Floats, Numbers

_CLIPPED = 250  # of 255; sensors and JPEG rarely reach 255
_LAMP = 1.15  # times the paper around: a tinted field in a white margin stays below
_CELL = 8  # px; glare smaller than two cells hides no word
_INKED = 40.0  # of 255: darker than this is writing
_WIPED = 0.35  # of the sheet's usual ink: a bright place with more still shows its writing
_RIM = 4  # cells around a spot
_UNLIT = 237.0  # of 255: paper beside a slowly growing light is nearly clipped too


@dataclass(frozen=True, slots=True)
class Light:
    """Parts of 1: level of the paper, share burnt out, share of the text's area under a lamp's reflection."""

    brightness: float
    clipped_share: float
    glare_share: float


def measure_light(sheet: Image, level: Image, ink: Floats) -> Light:
    """Measure a grey sheet whose paper level and ink are known (kiosk.vision.ink)."""
    brightness = float(np.median(level[::_CELL, ::_CELL])) / 255
    clipped = float(np.mean(sheet[::2, ::2] >= _CLIPPED))
    return Light(brightness, clipped, _glare(level, ink))


def _glare(level: Image, ink: Floats) -> float:
    """Share of the inner sheet that a lamp has whitened: brighter than around it, or without its writing."""
    cells, written = _cells(level.astype(np.float32)), _cells((ink > _INKED).astype(np.float32))
    lamp = (cells > _LAMP * _slope_of_light(cells)) | (cells >= _CLIPPED)
    spots = cv2.morphologyEx(lamp.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(spots)
    areas = [stats[k, cv2.CC_STAT_AREA] for k in range(1, count) if _is_lamp(labels == k, cells, written)]
    return float(sum(areas)) / cells.size


def _is_lamp(spot: NDArray[np.bool_], cells: Floats, written: Floats) -> bool:
    """Tell a reflection from paper that is well lit: that grows bright slowly and keeps its letters."""
    near, far = (
        cv2.dilate(spot.astype(np.uint8), np.ones((size, size), np.uint8)) > 0 for size in (3, 2 * _RIM + 1)
    )
    rim = far & ~near
    if not rim.any():
        return False
    usual = float(written.mean())
    wiped = written[spot].mean() < _WIPED * usual and written[rim].mean() > 0.6 * usual
    return bool(wiped or np.median(cells[rim]) < _UNLIT)


def _cells(values: Floats) -> Floats:
    """Average in cells, without the margins, which hold no text and may be lighter than a tinted field."""
    edge = max(1, round(0.08 * min(values.shape)))
    inner = np.ascontiguousarray(values[edge:-edge, edge:-edge])
    size = (max(2, inner.shape[1] // _CELL), max(2, inner.shape[0] // _CELL))
    return np.asarray(cv2.resize(inner, size, interpolation=cv2.INTER_AREA), np.float32)


def _slope_of_light(cells: Floats) -> Numbers:
    """Fit a plane to the level of the paper, trusting less what lies off it."""
    places = [place.ravel() for place in np.indices(cells.shape)]
    plane = np.column_stack([np.ones(cells.size), *places])
    values, trust = cells.ravel().astype(np.float64), np.ones(cells.size)
    for _ in range(3):
        fit = plane @ np.linalg.lstsq(plane * trust[:, None], values * trust, rcond=None)[0]
        off = values - fit
        trust = 1 / (1 + np.square(off / (2 * np.median(np.abs(off)) + 1)))
    return np.asarray(fit.reshape(cells.shape))

"""Where in a picture a QR code may lie: squares denser than what surrounds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.enhance import Grey

Map = NDArray[np.float32]

_CELL = 8  # pixels of the frame
_SIDES_PX = (64, 88, 128, 184, 256, 368, 512)  # half octaves
_COARSEN = 10  # cells along a side; from twice as many on, cells are joined
_FAINT = 0.3  # of the strongest; without a code in view text is all that is left


@dataclass(frozen=True, slots=True)
class Region:
    """A square full of detail in two directions. Units: pixels; strength compares regions of one picture."""

    x: float
    y: float
    side: float
    strength: float

    def window(self, grey: Grey, reach: float = 0.85) -> tuple[Grey, tuple[int, int]]:
        """Cut out what is within `reach` sides of its middle. Shape: with where the cutting starts."""
        half = reach * self.side
        left, top = max(int(self.x - half), 0), max(int(self.y - half), 0)
        return np.ascontiguousarray(grey[top : int(self.y + half), left : int(self.x + half)]), (left, top)

    def scaled(self, factor: float) -> Region:
        """The same region in a picture of another size."""
        return Region(self.x * factor, self.y * factor, self.side * factor, self.strength)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies well inside."""
        return max(abs(self.x - x), abs(self.y - y)) < self.side / 2


def dense_regions(grey: Grey, most: int) -> list[Region]:
    """Return the squares that stand out most from what surrounds them, strongest first.

    Source: on 480 degraded scenes the code was the first region in 476.
    """
    if min(grey.shape) < _SIDES_PX[0]:
        return []
    detail = _detail(grey)
    regions = sorted(_standing_out(detail), key=lambda region: -region.strength)
    chosen: list[Region] = []
    for region in regions:
        if region.strength > _FAINT * regions[0].strength and not any(_same(region, it) for it in chosen):
            chosen.append(region)
    return chosen[:most]


def _detail(grey: Grey) -> Map:
    """How much neighbouring pixels differ, a value for each cell: in the direction in which they do so least.

    A quarter of the size shows codes as well as full size does, and noise less.
    """
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small = cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    height, width = (max(each - 1, 2) // 2 * 2 for each in small.shape)  # even: OpenCV halves those fast
    here, east = small[:height, :width], small[:height, 1 : width + 1]
    south, southeast = small[1 : height + 1, :width], small[1 : height + 1, 1 : width + 1]
    least = np.full((height // 2, width // 2), 255, np.uint8)
    for one, other in ((here, east), (here, south), (here, southeast), (east, south)):
        step = cv2.absdiff(one, other)
        step = cv2.resize(cv2.add(step, step), least.shape[::-1], interpolation=cv2.INTER_AREA)
        least = np.minimum(least, step)
    return cv2.blur(least.astype(np.float32), (3, 3)).astype(np.float32)


def _standing_out(detail: Map) -> Iterator[Region]:
    """The two best squares of each size; for large ones coarser cells do."""
    cell, cells = _CELL, detail
    for side_px in _SIDES_PX:
        if side_px >= 2 * _COARSEN * cell:
            cell *= 2
            cells = cv2.resize(cells, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32)
        side = side_px // cell
        if side > min(cells.shape):
            return
        step = _step(cells, side)
        for _ in range(2):
            _, strength, _, (x, y) = cv2.minMaxLoc(step)
            middle = (side % 2) / 2  # an even box lies half a cell off
            yield Region((x + middle) * cell, (y + middle) * cell, side_px, strength)
            reach = max(side // 2, 2)
            step[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1] = -np.inf


def _step(cells: Map, side: int) -> Map:
    """By how much the mean of a square, around each cell, is above that of its surroundings."""
    wide = side + 2 * max(2, side // 5)
    inside, all_of_it = (
        cv2.boxFilter(cells, -1, (each, each), borderType=cv2.BORDER_REFLECT) for each in (side, wide)
    )
    part = wide**2 / (wide**2 - side**2)
    return cv2.addWeighted(inside, part, all_of_it, -part, 0).astype(np.float32, copy=False)


def _same(one: Region, other: Region) -> bool:
    apart = abs(one.x - other.x) + abs(one.y - other.y)
    return apart < 0.5 * min(one.side, other.side) and 0.6 < one.side / other.side < 1.7

"""A code found, and the parts of a picture in which codes are looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kiosk.vision.enhance import Grey, resized
from kiosk.vision.zbar_wire import Corners

Points = NDArray[np.float64]
"""Places in a picture, (n, 2): x and y in pixels."""

_OVERVIEW = 2.6  # megapixels; a larger live frame is looked over at half its size


@dataclass(frozen=True, slots=True)
class FoundCode:
    """One code in a picture. The payload stays bytes and out of the repr: it names a person.

    Shape: corners are the code's own top left, top right, bottom right, bottom left; modules along a side, 0
           where the decoder does not say.
    Units: corners in pixels of the picture given; milliseconds since the call.
    """

    payload: bytes = field(repr=False)
    corners: Corners
    decoder: str
    milliseconds: float
    modules: int = 0


class View(NamedTuple):
    """A part of the picture as it is shown to a decoder."""

    grey: Grey
    factor: float = 1
    origin: tuple[int, int] = (0, 0)


class Spot(NamedTuple):
    """Where a code is: a square around its middle. Units: pixels; reach is half a side."""

    x: float
    y: float
    reach: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return max(abs(self.x - x), abs(self.y - y)) < self.reach


def overview_of(grey: Grey) -> View:
    """The picture at the size at which it is looked over."""
    factor = 0.5 if megapixels(grey) > _OVERVIEW else 1.0
    return View(resized(grey, factor), factor)


def megapixels(grey: Grey) -> float:
    """How large a picture is."""
    return grey.size / 1e6


def spot_of(corners: Points) -> Spot:
    """Where a code with these corners is. Shape: corners (4, 2)."""
    x, y = corners.mean(0).tolist()
    return Spot(x, y, float(np.ptp(corners, 0).max()) / 2)


def corners_of(points: Points) -> Corners:
    """The same corners as plain numbers."""
    top_left, top_right, bottom_right, bottom_left = ((x, y) for x, y in points.tolist())
    return top_left, top_right, bottom_right, bottom_left

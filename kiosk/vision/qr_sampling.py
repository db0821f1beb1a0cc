"""From a rough idea of where a code lies to a picture of it with the same few pixels for every module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.code_parts import Points
from kiosk.vision.enhance import Grey
from kiosk.vision.qr_symbol import symbol

Light = NDArray[np.float32]
Plane = NDArray[np.float64]
"""A homography, 3 by 3: from modules (column, row; one wide each) to pixels (one wide each)."""

PER_MODULE = 3
"""Pixels a module in the flattened picture."""
MARGIN = 3
"""Modules around the code that are flattened with it: the quiet zone, and room for blur."""

_GOOD_FINDER, _GOOD_ALIGNMENT = 0.5, 0.6
"""Correlation of a mark with its drawing. Source: noise of 25 levels at half light leaves a finder 0.6."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a code may lie, and how many modules a side it may have."""

    plane: Plane
    modules: int

    def corners(self) -> Points:
        """The outline in pixels: the code's own top left, top right, bottom right, bottom left."""
        return _through(self.plane, _outline(self.modules))


def place_of_corners(corners: Points, modules: int) -> Place:
    """Return the place with the given outline."""
    square, seen = (points.astype(np.float32) for points in (_outline(modules), corners))
    return Place(cv2.getPerspectiveTransform(square, seen).astype(np.float64), modules)


def place_of_finders(middles: Points, modules: int) -> Place:
    """Return the place whose top left, top right and bottom left finder have the given middles."""
    drawn, seen = (points.astype(np.float32) for points in (_finder_middles(modules), middles))
    return Place(np.vstack([cv2.getAffineTransform(drawn, seen), (0, 0, 1)]), modules)


def settled(grey: Grey, rough: Place) -> Place | None:
    """Move a place until the code's own marks lie where they belong; None if they are not there.

    Shape: the rough place may be off by 1.5 modules at the finders and by one version.
    """
    place = _moved(grey, rough, reach=1.5, aligned=False)
    if place is None:
        return None
    modules = max(_versions_near(place.modules), key=lambda each: _timing(grey, _resized(place, each)))
    nearer = _moved(grey, _resized(place, modules), reach=1.5, aligned=True)
    return nearer and _moved(grey, nearer, reach=0.8, aligned=True)


def fitting_best(grey: Grey, guesses: list[Place]) -> Place | None:
    """Return the guess, settled, whose lines of alternating modules are there beyond doubt; None if none is.

    Source: 1.8 and more for sharp codes in their place, 1.4 at most for the same turned by a right angle.
    """
    places = [place for guess in guesses if (place := settled(grey, guess))]
    fit, best = max(((_timing(grey, place), at) for at, place in enumerate(places)), default=(0, 0))
    return places[best] if fit > 1.6 else None


def flattened(grey: Grey, place: Place) -> Light:
    """Look straight at a code. Shape: (modules + 2 margins) * 3 pixels a side; 0 black to 255 white."""
    side = (place.modules + 2 * MARGIN) * PER_MODULE
    return _seen(grey, place.plane, (-MARGIN, -MARGIN), (side, side))


class _Mark(NamedTuple):
    drawn: tuple[float, float]  # where its middle belongs, modules (column, row)
    seen: tuple[float, float]
    score: float


def _moved(grey: Grey, place: Place, reach: float, *, aligned: bool) -> Place | None:
    """Fit the plane to the marks found within `reach` modules of where they should be."""
    light = flattened(grey, place)
    finders = [_found(light, (x, y), 7, reach) for x, y in _finder_middles(place.modules)]
    good = [mark for mark in finders if mark.score > _GOOD_FINDER]
    if len(good) < 2:
        return None
    shift = _affine(good)
    marks = [mark if mark in good else _Mark(mark.drawn, _at(shift, mark.drawn), 0) for mark in finders]
    if aligned:
        marks += [mark for mark in _alignments(light, place, shift, reach) if mark.score > _GOOD_ALIGNMENT]
    if len(marks) > 3:
        drawn, seen = (np.array([mark[side] for mark in marks], np.float64) for side in (0, 1))
        fitted = cv2.findHomography(drawn, seen, 0)[0]
        shift = shift if fitted is None else fitted.astype(np.float64)
    plane = place.plane @ shift
    return Place(plane / plane[2, 2], place.modules)


def _alignments(light: Light, place: Place, shift: Plane, reach: float) -> list[_Mark]:
    """The six small squares that lie farthest from the finders' corner, or fewer."""
    middles = symbol((place.modules - 17) // 4).alignments + 0.5
    farthest = middles[np.argsort(-middles.sum(1))][:6]
    expected = [((x, y), _at(shift, (x, y))) for y, x in farthest.tolist()]
    marks = [(drawn, _found(light, near, 5, reach + 0.5)) for drawn, near in expected]
    return [_Mark(drawn, mark.seen, mark.score) for drawn, mark in marks]


def _found(light: Light, near: tuple[float, float], size: int, reach: float) -> _Mark:
    """Search for a mark of squares within `reach` modules of a place."""
    drawing = _drawing(size)
    half, far = len(drawing) / 2, int(reach * PER_MODULE)
    left, top = (round((each + MARGIN) * PER_MODULE - half) for each in near)
    x, y = max(left - far, 0), max(top - far, 0)
    window = light[y : top + far + len(drawing), x : left + far + len(drawing)]
    if min(window.shape) < len(drawing):
        return _Mark(near, near, 0)
    likeness = cv2.matchTemplate(window, drawing, cv2.TM_CCOEFF_NORMED).astype(np.float32)
    _, score, _, (column, row) = cv2.minMaxLoc(likeness)
    peak = column + _vertex(likeness[row], column), row + _vertex(likeness[:, column], row)
    seen = (x + peak[0] + half) / PER_MODULE - MARGIN, (y + peak[1] + half) / PER_MODULE - MARGIN
    return _Mark(near, seen, score)


def _vertex(values: NDArray[np.float32], at: int) -> float:
    """How far from `at` the parabola through it and its neighbours is highest."""
    if not 0 < at < len(values) - 1:
        return 0
    before, here, after = (float(each) for each in values[at - 1 : at + 2])
    bend = before - 2 * here + after
    return min(max(0.5 * (before - after) / bend, -0.5), 0.5) if bend < 0 else 0


@cache
def _drawing(size: int) -> Light:
    """A finder with the light ring around it (7), or an alignment mark (5), as seen at a camera's limit."""
    squares = np.ones((size, size), np.float32)
    squares[1:-1, 1:-1] = -1
    squares[2:-2, 2:-2] = 1
    if size == 7:
        squares = np.pad(squares, 1, constant_values=-1)
    large = np.repeat(np.repeat(-squares, PER_MODULE, 0), PER_MODULE, 1)
    blurred = cv2.GaussianBlur(large, (0, 0), 0.6 * PER_MODULE, borderType=cv2.BORDER_REPLICATE)
    return blurred.astype(np.float32)


def _timing(grey: Grey, place: Place) -> float:
    """How well the two lines of alternating modules fit this number of modules, up to 1."""
    length = place.modules - 16
    row = _seen(grey, place.plane, (8, 6), (length * PER_MODULE, PER_MODULE)).mean(0)
    column = _seen(grey, place.plane, (6, 8), (PER_MODULE, length * PER_MODULE)).mean(1)
    stripes = np.where(np.arange(length) % 2, 1, -1)
    total = 0.0
    for line in (row, column):
        modules = line.reshape(length, PER_MODULE).mean(1)
        steps = modules - cv2.blur(modules[:, None], (1, 5))[:, 0]
        total += float((steps * stripes).sum() / (np.abs(steps).sum() + 1e-6))
    return abs(total)  # strong defocus turns dark and light round


def _versions_near(modules: int) -> list[int]:
    return [each for each in (modules, modules - 4, modules + 4) if 21 <= each <= 177]


def _resized(place: Place, modules: int) -> Place:
    """The same finders, with another number of modules between them."""
    stretch = (place.modules - 7) / (modules - 7)
    shift = 3.5 * (1 - stretch)
    return Place(place.plane @ np.array([[stretch, 0, shift], [0, stretch, shift], [0, 0, 1]]), modules)


def _seen(grey: Grey, plane: Plane, start: tuple[float, float], size: tuple[int, int]) -> Light:
    """Sample `size` pixels, three a module, from the module at `start`; finer detail is averaged away."""
    half = 0.5 / PER_MODULE
    step = 1 / PER_MODULE
    to_modules = np.array([[step, 0, start[0] + half], [0, step, start[1] + half], [0, 0, 1]])
    outline = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * (np.array(size) - 1.0)
    reached = _through(plane @ to_modules, outline)
    low = np.clip(np.floor(reached.min(0)).astype(int) - 6, 0, np.array(grey.shape[::-1]) - 1)
    high = np.ceil(reached.max(0)).astype(int) + 7
    window = grey[low[1] : max(high[1], low[1] + 1), low[0] : max(high[0], low[0] + 1)]
    pixels_each = np.sqrt(cv2.contourArea(reached.astype(np.float32)) / (size[0] * size[1]))
    if pixels_each > 1.5:
        window = cv2.GaussianBlur(window, (0, 0), 0.35 * pixels_each).astype(np.uint8)
    # The middle of a picture's first pixel is at (0, 0) for OpenCV and at (0.5, 0.5) here.
    to_window = np.array([[1, 0, -low[0] - 0.5], [0, 1, -low[1] - 0.5], [0, 0, 1]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(
        window, to_window @ plane @ to_modules, size, flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return flat.astype(np.float32)


def _outline(modules: int) -> Points:
    return np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * float(modules)


def _finder_middles(modules: int) -> Points:
    return np.array([(3.5, 3.5), (modules - 3.5, 3.5), (3.5, modules - 3.5)])


def _affine(marks: list[_Mark]) -> Plane:
    """The shift that takes marks to where they were seen; two marks allow a turn and a stretch only."""
    if len(marks) == 3:
        drawn, seen = (np.array([mark[side] for mark in marks], np.float32) for side in (0, 1))
        return np.vstack([cv2.getAffineTransform(drawn, seen), (0, 0, 1)])
    (a, b), (c, d) = ([complex(*mark.drawn) for mark in marks], [complex(*mark.seen) for mark in marks])
    turn = (d - c) / (b - a)
    move = c - turn * a
    return np.array([[turn.real, -turn.imag, move.real], [turn.imag, turn.real, move.imag], [0, 0, 1]])


def _at(plane: Plane, point: tuple[float, float]) -> tuple[float, float]:
    x, y = _through(plane, np.array([point]))[0].tolist()
    return x, y


def _through(plane: Plane, points: Points) -> Points:
    moved: Points = cv2.perspectiveTransform(points[None].astype(np.float64), plane)[0].astype(np.float64)
    return moved

"""Where in a picture a QR code may lie: dense squares first, then the finders in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.enhance import Grey
from kiosk.vision.qr_sampling import Place, Points, place_of_finders

Map = NDArray[np.float32]

_CELL = 8  # pixels of the frame
_SIDES = (8, 11, 16, 23, 32, 46, 64)  # cells; 64 to 512 px in steps of a half octave
_FINE = 110  # pixels along a region that is searched for finders; 57 modules are then 2 px each
_PITCHES = _FINE / 20 / 1.18 ** np.arange(8)  # pixels a module: 20 to 64 modules a side
_FAINT = 0.3  # of the strongest; without a code in view text is all that is left
_LIKE_A_FINDER = 0.35
_MOST_FINDERS = 7


@dataclass(frozen=True, slots=True)
class Region:
    """A square full of detail in two directions. Units: pixels; strength compares regions of one picture."""

    x: float
    y: float
    side: float
    strength: float

    def window(self, grey: Grey) -> tuple[Grey, tuple[int, int]]:
        """Cut it out with some room around it. Shape: with the place of the cutting's corner."""
        half = 0.85 * self.side
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
    if min(grey.shape) < _SIDES[0] * _CELL:
        return []
    detail = _detail(grey)
    regions = sorted(_standing_out(detail), key=lambda region: -region.strength)
    chosen: list[Region] = []
    for region in regions:
        if region.strength > _FAINT * regions[0].strength and not any(_same(region, it) for it in chosen):
            chosen.append(region)
    return chosen[:most]


def finder_places(grey: Grey, region: Region, most: int) -> list[Place]:
    """Return places spanned by three finders in a region, likeliest first.

    Works where blur leaves of a finder a blot in a ring; not for a tilt beyond 45 degrees.
    """
    upright, to_frame = _turned_upright(grey, region)
    triples = [triple for pitch in _PITCHES for triple in _triples(upright, pitch)]
    triples.sort(key=lambda triple: -triple.likeness)
    chosen: list[_Triple] = []
    for triple in triples:
        if all(np.abs(triple.middles - other.middles).max() > 3 * triple.pitch for other in chosen):
            chosen.append(triple)
            if len(chosen) == most:
                break
    return [
        place_of_finders(each.middles @ to_frame[:, :2].T + to_frame[:, 2], each.modules) for each in chosen
    ]


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
    """The two best squares of each size."""
    for side in _SIDES:
        if side > min(detail.shape):
            return
        wide = side + 2 * max(2, side // 5)
        inside, all_of_it = (
            cv2.boxFilter(detail, -1, (each, each), borderType=cv2.BORDER_REFLECT) for each in (side, wide)
        )
        around = (all_of_it * wide**2 - inside * side**2) / (wide**2 - side**2)
        step = inside - around
        for _ in range(2):
            _, strength, _, (x, y) = cv2.minMaxLoc(step)
            middle = (side % 2) / 2  # an even box lies half a cell off
            yield Region((x + middle) * _CELL, (y + middle) * _CELL, side * _CELL, strength)
            reach = max(side // 2, 2)
            step[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1] = -np.inf


def _same(one: Region, other: Region) -> bool:
    apart = abs(one.x - other.x) + abs(one.y - other.y)
    return apart < 0.5 * min(one.side, other.side) and 0.6 < one.side / other.side < 1.7


@dataclass(frozen=True, slots=True, eq=False)
class _Triple:
    middles: Points
    pitch: float
    modules: int
    likeness: float


def _turned_upright(grey: Grey, region: Region) -> tuple[Grey, Points]:
    """The region at a fixed size with its edges level, and the way back to the frame."""
    angle = _angle(region.window(grey)[0])
    scale = region.side / _FINE
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    size = 2 * _FINE
    to_frame = np.column_stack([turn, np.array([region.x, region.y]) - turn @ (_FINE, _FINE)])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    source = cv2.GaussianBlur(grey, (0, 0), 0.5 * scale) if scale > 1.6 else grey
    seen = cv2.warpAffine(source, to_frame, (size, size), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return cv2.GaussianBlur(seen, (0, 0), 0.7).astype(np.uint8), to_frame


def _angle(window: Grey) -> float:
    """By how much the edges are turned, within 45 degrees: directions are counted four times round."""
    calm = cv2.GaussianBlur(window, (0, 0), 1.0)
    slope = cv2.Sobel(calm, cv2.CV_32F, 1, 0) + 1j * cv2.Sobel(calm, cv2.CV_32F, 0, 1)
    height, width = window.shape
    middle = slope[height // 6 : height - height // 6, width // 6 : width - width // 6]
    steep = np.abs(middle) + 1e-6
    return float(np.angle((middle**4 / steep**2.5).sum()) / 4)


def _triples(upright: Grey, pitch: float) -> Iterator[_Triple]:
    """Finders that stand as in a code: a right angle, legs alike, and as long as the region suggests."""
    drawing = _finder(round(pitch * 8))
    likeness = cv2.matchTemplate(upright, drawing, cv2.TM_CCOEFF_NORMED).astype(np.float32)
    points, scores = _peaks(likeness, pitch)
    points = points + len(drawing) / 2
    to = points[None] - points[:, None]  # from the first to the second
    lengths = np.hypot(to[..., 0], to[..., 1])
    right, down = to[:, :, None], to[:, None, :]
    long, tall = lengths[:, :, None], lengths[:, None, :]
    turn = right[..., 0] * down[..., 1] - right[..., 1] * down[..., 0]
    along = np.abs((right * down).sum(-1))
    modules = np.maximum(long, tall) / pitch + 7
    span = modules * pitch / _FINE
    fits = (turn > 0) & (along < 0.35 * long * tall) & (long < 1.8 * tall) & (tall < 1.8 * long)
    fits &= (span > 0.62) & (span < 1.6) & (modules > 19)
    for corner, east, south in np.argwhere(fits):
        version = round((float(modules[corner, east, south]) - 17) / 4)
        middles = points[[corner, east, south]]
        yield _Triple(middles, pitch, 17 + 4 * version, float(scores[[corner, east, south]].mean()))


def _peaks(likeness: Map, pitch: float) -> tuple[Points, NDArray[np.float64]]:
    rest = likeness.copy()
    points, scores = [], []
    reach = int(4 * pitch)
    for _ in range(_MOST_FINDERS):
        _, score, _, (x, y) = cv2.minMaxLoc(rest)
        if score < _LIKE_A_FINDER:
            break
        points.append((x, y))
        scores.append(score)
        rest[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1] = -1
    return np.array(points, np.float64).reshape(-1, 2), np.array(scores)


@cache
def _finder(eighths: int) -> Grey:
    """A blurred finder with its light ring, drawn with so many eighths of a pixel a module."""
    squares = np.full((9, 9), 208, np.uint8)
    squares[1:8, 1:8] = 48
    squares[2:7, 2:7] = 208
    squares[3:6, 3:6] = 48
    large = cv2.GaussianBlur(np.repeat(np.repeat(squares, 8, 0), 8, 1), (0, 0), 0.6 * 8)
    size = round(9 * eighths / 8)
    return cv2.resize(large, (size, size), interpolation=cv2.INTER_AREA).astype(np.uint8)

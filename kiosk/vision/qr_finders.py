"""The three large squares in the corners of a QR code, found by shape where blur or glare hides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.code_parts import Points
from kiosk.vision.enhance import Grey
from kiosk.vision.qr_regions import Region
from kiosk.vision.qr_sampling import Place, place_of_finders

_FINE = 110  # pixels along a region that is searched; 57 modules are then 2 px each
_PITCHES = _FINE / 20 / 1.18 ** np.arange(8)  # pixels a module: 20 to 64 modules a side
_LIKE_A_FINDER = 0.35  # correlation; defocus of 4 px leaves 0.5
_CLEARLY_A_FINDER = 0.7
_MOST_FINDERS = 7
_LEAST_MODULES, _MOST_MODULES = 21, 117


@dataclass(frozen=True, slots=True, eq=False)
class _Guess:
    """Three finders: top left, top right, bottom left. Units: pixels of the upright region."""

    middles: Points
    pitch: float
    likeness: float

    @property
    def modules(self) -> int:
        sides = np.hypot(*(self.middles[1:] - self.middles[0]).T)
        return 17 + 4 * round((float(sides.max()) / self.pitch + 7 - 17) / 4)


class Finders:
    """What in a region looks like a finder."""

    def __init__(self, grey: Grey, region: Region) -> None:
        upright, self._to_frame = _turned_upright(grey, region)
        self._seen = [(pitch, *_peaks(upright, pitch)) for pitch in _PITCHES]

    def spanned(self, most: int) -> list[Place]:
        """Return places that three finders span, likeliest first.

        Works where blur leaves of a finder a blot in a ring; not for a tilt beyond 45 degrees.
        """
        return self._places((guess for seen in self._seen for guess in _triples(*seen)), most)

    def guessed(self, most: int) -> list[Place]:
        """Return places for every code that two clear finders could belong to, the third being hidden."""
        return self._places((guess for seen in self._seen for guess in _pairs(*seen)), most)

    def _places(self, guesses: Iterator[_Guess], most: int) -> list[Place]:
        chosen: list[_Guess] = []
        for guess in sorted(guesses, key=lambda each: -each.likeness):
            if len(chosen) == most:
                break
            if all(np.abs(guess.middles - other.middles).max() > 3 * guess.pitch for other in chosen):
                chosen.append(guess)
        return [place_of_finders(self._in_frame(it.middles), it.modules) for it in chosen]

    def _in_frame(self, points: Points) -> Points:
        return np.asarray(points @ self._to_frame[:, :2].T + self._to_frame[:, 2])


def _turned_upright(grey: Grey, region: Region) -> tuple[Grey, Points]:
    """The region with its surroundings at a fixed size, edges level; and the way back to the frame."""
    angle = _angle(region.window(grey)[0])
    scale = region.side / _FINE
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    to_frame = np.column_stack([turn, np.array([region.x, region.y]) - turn @ (_FINE, _FINE)])
    around, origin = region.window(grey, reach=1.5)
    if scale > 1.6:
        around = cv2.GaussianBlur(around, (0, 0), 0.5 * scale).astype(np.uint8)
    to_pixels = to_frame.copy()  # a pixel's middle is at a whole number for OpenCV, at a half here
    to_pixels[:, 2] += turn @ (0.5, 0.5) - 0.5 - origin
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (2 * _FINE, 2 * _FINE)
    seen = cv2.warpAffine(around, to_pixels, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return cv2.GaussianBlur(seen, (0, 0), 0.7).astype(np.uint8), to_frame


def _angle(window: Grey) -> float:
    """By how much the edges are turned, within 45 degrees: directions are counted four times round."""
    calm = cv2.GaussianBlur(window, (0, 0), 1.0)
    height, width = window.shape
    middle = calm[height // 6 : height - height // 6, width // 6 : width - width // 6]
    slope = cv2.Sobel(middle, cv2.CV_32F, 1, 0) + 1j * cv2.Sobel(middle, cv2.CV_32F, 0, 1)
    steep = np.abs(slope) + 1e-6
    twice = slope * slope
    return float(np.angle((twice * twice / (steep * steep * np.sqrt(steep))).sum()) / 4)


def _peaks(upright: Grey, pitch: float) -> tuple[Points, NDArray[np.float64]]:
    """The places most like a finder of this size, best first, with their likeness."""
    drawing = _finder(round(pitch * 8))
    rest = cv2.matchTemplate(upright, drawing, cv2.TM_CCOEFF_NORMED).astype(np.float32)
    points, scores = [], []
    reach = int(4 * pitch)
    for _ in range(_MOST_FINDERS):
        _, score, _, (x, y) = cv2.minMaxLoc(rest)
        if score < _LIKE_A_FINDER:
            break
        points.append((x, y))
        scores.append(score)
        rest[max(y - reach, 0) : y + reach + 1, max(x - reach, 0) : x + reach + 1] = -1
    return np.array(points, np.float64).reshape(-1, 2) + len(drawing) / 2, np.array(scores)


def _triples(pitch: float, points: Points, scores: NDArray[np.float64]) -> Iterator[_Guess]:
    """Finders that stand as in a code: a right angle, legs alike, and as long as the region suggests."""
    to = points[None] - points[:, None]  # from the first to the second
    lengths = np.hypot(to[..., 0], to[..., 1])
    right, down = to[:, :, None], to[:, None, :]
    long, tall = lengths[:, :, None], lengths[:, None, :]
    turn = right[..., 0] * down[..., 1] - right[..., 1] * down[..., 0]
    along = np.abs((right * down).sum(-1))
    fits = (turn > 0) & (along < 0.35 * long * tall) & (long < 1.8 * tall) & (tall < 1.8 * long)
    span = (np.maximum(long, tall) + 7 * pitch) / _FINE
    fits &= (span > 0.62) & (span < 1.6)
    for corners in np.argwhere(fits):
        guess = _Guess(points[corners], pitch, float(scores[corners].mean()))
        if _LEAST_MODULES <= guess.modules <= _MOST_MODULES:
            yield guess


def _pairs(pitch: float, points: Points, scores: NDArray[np.float64]) -> Iterator[_Guess]:
    """Every square with two finders in its corners that lies about where the region does."""
    clear = np.flatnonzero(scores > _CLEARLY_A_FINDER)
    for first in clear:
        for second in clear[clear > first]:
            one, other = points[first], points[second]
            across = np.array([one[1] - other[1], other[0] - one[0]])  # as long as the pair, at a right angle
            middle = (one + other) / 2
            squares = [
                (one, other, one + across),
                (one, one - across, other),
                (other, other + across, one),
                (other, one, other - across),
                (middle + across / 2, one, other),
                (middle - across / 2, other, one),
            ]
            for square in squares:
                guess = _Guess(np.array(square), pitch, float(scores[[first, second]].mean()))
                off = np.abs(guess.middles[1:].mean(0) - _FINE).max() / _FINE
                span = guess.modules * pitch / _FINE
                if off < 0.3 and 0.75 < span < 1.3 and _LEAST_MODULES <= guess.modules <= _MOST_MODULES:
                    yield guess


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

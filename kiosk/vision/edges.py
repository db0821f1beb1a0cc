"""Long straight edges of a picture, however faint, with letters and thin printed lines wiped away."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.protocols import Image

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]

FIELD_PX = 180_000  # work size: a printed A4 keeps 1 px per mm, a side 100 samples (tests/bench/sheets.py)
_WIPE_PX = 7  # wider than a letter's stroke or a printed frame at this size
_CHROMA_WEIGHT = 1.5  # chroma steps are rarer than lightness steps, so they say more
_ANGLES = 180  # bins over half a turn
_BIN_PX = 1.25
_COS = np.cos(np.arange(_ANGLES) * np.pi / _ANGLES).astype(np.float32)
_SIN = np.sin(np.arange(_ANGLES) * np.pi / _ANGLES).astype(np.float32)
_MOST_LINES = 28
_MOST_POINTS = 30_000


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Field:
    """A picture made ready for finding edges.

    Shape: every array is (height, width) of the reduced picture; `lab` has three channels.
    Units: `scale` is field px per picture px; `strength` is in multiples of the usual gradient.
    """

    lab: Floats  # lightness and weighted chroma
    slope_x: Floats
    slope_y: Floats
    strength: Floats
    ink: Image  # 1 where a thin dark stroke was wiped away
    scale: float

    @property
    def size(self) -> Numbers:
        """Width and height."""
        return np.array(self.lab.shape[1::-1], np.float64)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Points:
    """Edge points: place from the centre, direction of the slope (0 to pi) and weight (0 to 1)."""

    x: Floats
    y: Floats
    angle: Floats
    weight: Floats


def prepare(image: Image) -> Field:
    """Reduce a colour picture to a field of edges."""
    height, width = image.shape[:2]
    scale = min(1.0, float(np.sqrt(FIELD_PX / (height * width))))
    light, green_red, blue_yellow = cv2.split(cv2.cvtColor(reduced(image, scale), cv2.COLOR_BGR2LAB))
    light, ink = _wiped(light.astype(np.uint8))
    chroma = [cv2.medianBlur(channel, 9) for channel in (green_red, blue_yellow)]
    weights = np.array([1, _CHROMA_WEIGHT, _CHROMA_WEIGHT], np.float32)
    clean = cv2.GaussianBlur(cv2.merge([light, *chroma]).astype(np.float32) * weights, (0, 0), 0.9)
    slope_x, slope_y, strength = _slopes(np.asarray(cv2.GaussianBlur(clean, (0, 0), 1.0), np.float32))
    return Field(np.asarray(clean, np.float32), slope_x, slope_y, strength, ink, scale)


def reduced(image: Image, scale: float) -> Image:
    """Scale down: whole steps by area, the rest by interpolation; a tenth of the time of area alone."""
    height, width = image.shape[:2]
    step = int(1 / scale)
    if step >= 2:
        whole = image[: height // step * step, : width // step * step]
        image = cv2.resize(whole, (width // step, height // step), interpolation=cv2.INTER_AREA).astype(
            np.uint8
        )
    target = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(image, target, interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def find_lines(field: Field) -> Numbers:
    """Return the longest straight edges.

    Shape: (n, 2): angle of the normal in radians; distance from the field's centre, px.
    """
    points = _edge_points(field)
    peaks = _peaks(points, field)
    fitted = [_refit(points, angle, distance) for angle, distance in peaks]
    return np.array([line for line in fitted if line is not None], np.float64).reshape(-1, 2)


def _wiped(light: Image) -> tuple[Image, Image]:
    """Close thin dark strokes; the margin keeps a narrow strip of desk at the border open."""
    margin = _WIPE_PX // 2 + 1
    wide = cv2.copyMakeBorder(light, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((_WIPE_PX, _WIPE_PX), np.uint8))
    closed = closed[margin:-margin, margin:-margin]
    ink = (cv2.subtract(closed, light) > 10).astype(np.uint8)
    return np.ascontiguousarray(closed), ink


def _slopes(clean: Floats) -> tuple[Floats, Floats, Floats]:
    """Take each pixel's slope from the channel where it stands out most from that channel's usual slope."""
    best: tuple[Floats, Floats, Floats] | None = None
    for channel in cv2.split(clean):
        x = cv2.Sobel(channel, cv2.CV_32F, 1, 0, scale=1 / 8)
        y = cv2.Sobel(channel, cv2.CV_32F, 0, 1, scale=1 / 8)
        size = cv2.magnitude(x, y)
        usual = np.float32(max(float(np.median(size[::4, ::4])) * 1.5, 0.15))
        x, y, size = x / usual, y / usual, size / usual
        if best is None:
            best = (x, y, size)
            continue
        stronger = (size > best[2]).astype(np.uint8)
        for new, kept in zip((x, y, size), best, strict=True):
            cv2.copyTo(new, stronger, kept)
    assert best is not None
    return best


def _edge_points(field: Field) -> _Points:
    """Keep the crests of the slope; weak ones count little, strong ones no more than a clear edge does."""
    size = field.strength[2:-2, 2:-2]
    x, y = field.slope_x[2:-2, 2:-2], field.slope_y[2:-2, 2:-2]
    full = field.strength
    across = (size >= full[2:-2, 1:-3]) & (size >= full[2:-2, 3:-1])
    down = (size >= full[1:-3, 2:-2]) & (size >= full[3:-1, 2:-2])
    crest = np.where(np.abs(x) > np.abs(y), across, down) & (size > 2.5)
    found = np.flatnonzero(crest)
    found = found[:: len(found) // _MOST_POINTS + 1]
    row, column = np.divmod(found, size.shape[1])
    width, height = field.size
    angle = np.arctan2(y[row, column], x[row, column]) % np.float32(np.pi)
    return _Points(
        (column + (2 - width / 2)).astype(np.float32),
        (row + (2 - height / 2)).astype(np.float32),
        angle,
        np.minimum(size[row, column] / np.float32(12), np.float32(1)),
    )


def _peaks(points: _Points, field: Field) -> list[tuple[float, float]]:
    """Let every point vote for the lines through it that lie across its own slope (an oriented Hough)."""
    reach = int(np.hypot(*field.size) / 2 / _BIN_PX) + 3
    columns = 2 * reach + 1
    votes = np.zeros(_ANGLES * columns)
    own = np.rint(points.angle * (_ANGLES / np.pi)).astype(np.int32)
    for spread in (-2, -1, 0, 1, 2):
        turn = (own + spread) % _ANGLES
        at = (points.x * _COS[turn] + points.y * _SIN[turn]) / np.float32(_BIN_PX) + np.float32(reach + 0.5)
        votes += np.bincount(turn * columns + at.astype(np.int32), points.weight, minlength=votes.size)
    table = votes.reshape(_ANGLES, columns).astype(np.float32)
    table = np.vstack([table[-6:, ::-1], table, table[:6, ::-1]])  # angles go round, distances change sign
    table = cv2.GaussianBlur(table, (0, 0), 0.8).astype(np.float32)
    crest = (table >= cv2.dilate(table, np.ones((7, 5)))) & (table > 3)
    crest[:6] = crest[-6:] = False
    turn, at = np.nonzero(crest)
    best = np.argsort(-table[turn, at])[:_MOST_LINES]
    return [((turn[i] - 6) * np.pi / _ANGLES, (at[i] - reach) * _BIN_PX) for i in best]


def _refit(points: _Points, angle: float, distance: float) -> tuple[float, float] | None:
    """Fit a line through the points of a peak: a fraction of a pixel instead of a bin."""
    normal = np.array([np.cos(angle), np.sin(angle)])
    away = np.abs(points.x * normal[0] + points.y * normal[1] - distance)
    turned = np.abs((points.angle - angle + np.pi / 2) % np.pi - np.pi / 2)
    near = np.flatnonzero((away < 2.5) & (turned < 0.12))
    if len(near) < 8:
        return None
    x, y, weight = (v[near].astype(np.float64) for v in (points.x, points.y, points.weight))
    middle = np.average(x, weights=weight), np.average(y, weights=weight)
    x, y = x - middle[0], y - middle[1]
    along = 0.5 * np.arctan2(2 * (weight * x * y).sum(), (weight * (x * x - y * y)).sum())
    fitted = np.array([-np.sin(along), np.cos(along)])
    fitted *= np.sign(fitted @ normal)
    return float(np.arctan2(fitted[1], fitted[0])), float(fitted @ middle)

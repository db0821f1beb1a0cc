"""A canvas for soft, shaded shapes; what the drawn faces are painted on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from hardware.protocols import Image

Floats = NDArray[np.float32]
Colour = tuple[int, int, int]
"""Blue, green, red."""


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A cut-out figure over black. Shape: `cover` is 255 where the figure is."""

    picture: Image
    cover: Image


LIGHT = np.array((-0.32, -0.36, 0.87), np.float32)  # a lamp above, to the left, before the face


class Easel:
    """Paints polygons with rounded corners on glass.

    Shape: `picture` is what is painted, over black; `cover` is 1 where the glass is opaque.
    Units: positions in units of `unit_px`, x to the right, y down, from `origin_px`; softness likewise.
    """

    def __init__(self, size_px: tuple[int, int], origin_px: tuple[float, float], unit_px: float) -> None:
        self.picture: Floats = np.zeros((size_px[1], size_px[0], 3), np.float32)
        self.cover: Floats = np.zeros((size_px[1], size_px[0]), np.float32)
        self._origin, self._unit = np.array(origin_px, np.float32), unit_px

    def solid(self, outline: ArrayLike, colour: Colour, *, depth: float, soft: float = 0.012) -> None:
        """Add a body that bulges like a pillow, lit by the lamp. Shape: `depth` is how round it is."""
        mask, corner = self._mask(outline, soft)
        shade = _bulge(mask, depth * self._unit)
        # Light goes through skin and cloth: red fades last, so shadows turn warm instead of grey.
        tinted = np.array(colour, np.float32) * np.stack([shade**1.3, shade**1.05, shade**0.75], axis=2)
        self._blend(mask, corner, tinted)
        rows, columns = _window(mask, corner)
        self.cover[rows, columns] += mask * (1 - self.cover[rows, columns])

    def glaze(self, outline: ArrayLike, colour: Colour, *, soft: float, strength: float = 1.0) -> None:
        """Lay a flat, soft-edged colour over what is there."""
        mask, corner = self._mask(outline, soft)
        rows, columns = _window(mask, corner)
        there = self.cover[rows, columns, None]
        self._blend(mask * strength, corner, np.array(colour, np.float32) * there)

    def line(
        self, points: ArrayLike, thick: float, colour: Colour, *, soft: float, strength: float = 1.0
    ) -> None:
        """Draw a stroke that is thick in the middle and thin at both ends."""
        path = rounded(points, closed=False)
        along = np.gradient(path, axis=0)
        across = np.stack([-along[:, 1], along[:, 0]], axis=1)
        across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-6
        half = thick / 2 * np.sin(np.linspace(0.12, np.pi - 0.12, len(path)))[:, None]
        band = np.concatenate([path + across * half, (path - across * half)[::-1]])
        self.glaze(band, colour, soft=soft, strength=strength)

    def sprite(self) -> Sprite:
        """Take the figure off the easel."""
        picture = np.clip(self.picture, 0, 255).astype(np.uint8)
        return Sprite(picture, (self.cover * 255).astype(np.uint8))

    def _mask(self, outline: ArrayLike, soft: float) -> tuple[Floats, tuple[int, int]]:
        points = rounded(outline) * self._unit + self._origin
        sigma = max(soft * self._unit, 0.5)
        margin = int(3 * sigma) + 2
        limit = np.array(self.cover.shape[::-1])
        low = np.clip(points.min(axis=0) - margin, 0, limit).astype(int)
        high = np.clip(points.max(axis=0) + margin, 0, limit).astype(int)
        mask = np.zeros((max(1, high[1] - low[1]), max(1, high[0] - low[0])), np.uint8)
        cv2.fillPoly(mask, [np.round((points - low) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        blurred = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), sigma)
        return cast(Floats, blurred), (int(low[0]), int(low[1]))

    def _blend(self, mask: Floats, corner: tuple[int, int], colour: Floats) -> None:
        rows, columns = _window(mask, corner)
        under = self.picture[rows, columns]
        under += (colour - under) * mask[..., None]


def rounded(outline: ArrayLike, *, closed: bool = True) -> Floats:
    """Cut the corners of a polygon four times (Chaikin), which makes a smooth curve of it."""
    points = np.asarray(outline, np.float32)
    for _ in range(4):
        following = np.roll(points, -1, axis=0) if closed else points[1:]
        before = points if closed else points[:-1]
        cut = np.stack([0.75 * before + 0.25 * following, 0.25 * before + 0.75 * following], axis=1)
        middle = cut.reshape(-1, 2)
        points = middle if closed else np.concatenate([points[:1], middle, points[-1:]])
    return cast(Floats, points.astype(np.float32))


def oval(centre: tuple[float, float], across: float, high: float, corners: int = 16) -> Floats:
    """An ellipse by its two radii."""
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return np.stack([centre[0] + across * np.cos(turn), centre[1] + high * np.sin(turn)], axis=1).astype(
        np.float32
    )


def _bulge(mask: Floats, depth_px: float) -> Floats:
    """Brightness of a pillow of this outline, 1 where it faces the lamp."""
    inside = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    rise = np.clip(inside / depth_px, 0, 1)
    height = np.sqrt(np.maximum(0.0, 1 - (1 - rise) ** 2)).astype(np.float32) * depth_px
    height = cv2.GaussianBlur(height, (0, 0), max(1.0, depth_px * 0.12))
    slope_x, slope_y = (cv2.Sobel(height, cv2.CV_32F, dx, 1 - dx, ksize=3, scale=1 / 8) for dx in (1, 0))
    facing = (-slope_x * LIGHT[0] - slope_y * LIGHT[1] + LIGHT[2]) / np.sqrt(slope_x**2 + slope_y**2 + 1)
    return cast(Floats, (0.63 + 0.43 * np.clip(facing, 0, 1)).astype(np.float32))


def _window(mask: Floats, corner: tuple[int, int]) -> tuple[slice, slice]:
    return slice(corner[1], corner[1] + mask.shape[0]), slice(corner[0], corner[0] + mask.shape[1])

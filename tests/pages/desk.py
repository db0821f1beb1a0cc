"""A paper or card on a desk under a camera, with the truth about its corners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from hardware.protocols import Image
from tests.pages.damage import jpeg, lit, noisy

Light = NDArray[np.float32]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Scene:
    """One photograph and its truth.

    Shape: `corners` (4, 2), x and y in px of the sheet's own top left, top right, bottom right and
           bottom left; outside the picture where the sheet is cut off.
    """

    image: Image
    corners: Light
    cut: bool


@dataclass(frozen=True, slots=True)
class View:
    """How the camera looks at the sheet.

    Units: `share` of the height or width the sheet would fill; `turn` and `tilt` in degrees at most;
           `cut` is the part of the sheet's extent that is outside, 0 for whole.
    """

    width_px: int = 1440
    height_px: int = 1080
    share: tuple[float, float] = (0.72, 0.92)
    turn: float = 10.0
    tilt: float = 17.0
    cut: float = 0.0
    quarter: int = 0  # times ninety degrees
    finger: bool = False
    noise: float = 2.5
    light: tuple[float, float] = (0.7, 1.03)


def photograph(sheet: Image, desk: str, rng: Generator, view: View = View()) -> Scene:
    """Lay the sheet on a desk and look at it; round corners are cut from cards."""
    corners = _project(sheet.shape, rng, view)
    ground = DESKS[desk](rng, view.height_px, view.width_px, float(np.median(sheet)))
    height, width = sheet.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    onto = cv2.getPerspectiveTransform(flat, corners)
    size = (view.width_px, view.height_px)
    cover = cv2.warpPerspective(_outline(height, width), onto, size, flags=cv2.INTER_AREA)[..., None] / 255
    if desk != "white-bare":
        ground = ground * (1 - _shadow(cover, rng))
    image = (
        ground * (1 - cover) + cv2.warpPerspective(_shrunk(sheet, corners), _to(corners, sheet), size) * cover
    )
    if view.finger:
        _lay_finger(image, corners, rng)
    return Scene(_expose(image, rng, view), corners, view.cut > 0)


def _project(shape: tuple[int, ...], rng: Generator, view: View) -> Light:
    """Place the sheet in front of a pinhole camera, then move it whole or partly out of the picture."""
    height, width = shape[:2]
    if view.quarter % 2:
        height, width = width, height
    scale = rng.uniform(*view.share) * min(view.height_px / height, view.width_px / width)
    flat = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (width * scale / 2, height * scale / 2)
    lean = cv2.Rodrigues(np.append(np.radians(rng.uniform(-view.tilt, view.tilt, 2)), 0.0))[0]
    spin = cv2.Rodrigues(np.array([0, 0, np.radians(rng.uniform(-view.turn, view.turn))]))[0]
    seen = (lean @ spin @ np.column_stack([flat, np.zeros(4)]).T).T
    points = seen[:, :2] / (1 + seen[:, 2:] / (2 * view.height_px))
    points *= min(1.0, *((np.array([view.width_px, view.height_px]) - 30) / np.ptp(points, axis=0)))
    points = np.roll(points, -view.quarter, axis=0) + _offset(points, rng, view)
    return points.astype(np.float32)


def _offset(points: NDArray[np.float64], rng: Generator, view: View) -> NDArray[np.float64]:
    low, high, size = points.min(0), points.max(0), np.array([view.width_px, view.height_px])
    free = size - (high - low) - 24
    move = np.where(free > 0, 12 - low + rng.random(2) * np.maximum(free, 0), size / 2 - (low + high) / 2)
    if view.cut:
        side, axis = rng.integers(0, 2), rng.integers(0, 2)
        out = view.cut * (high - low)[axis]
        move[axis] = -low[axis] - out if side else size[axis] - high[axis] + out
    return move


def _outline(height: int, width: int) -> Image:
    """Return the sheet's shape: square corners for paper, 3.2 mm round ones for ID-1 cards."""
    mask = np.full((height, width), 255, np.uint8)
    if abs(width / height - 85.6 / 54) < 0.02:
        r = round(3.2 / 85.6 * width)
        mask[:] = 0
        cv2.rectangle(mask, (r, 0), (width - r, height), 255, -1)
        cv2.rectangle(mask, (0, r), (width, height - r), 255, -1)
        for x in (r, width - 1 - r):
            for y in (r, height - 1 - r):
                cv2.circle(mask, (x, y), r, 255, -1)
    return mask


def _shrunk(sheet: Image, corners: Light) -> Image:
    """Scale the sheet near its size in the picture first: a warp alone would alias."""
    scale = min(1.0, 1.15 * float(np.linalg.norm(corners[0] - corners[1])) / sheet.shape[1])
    return cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _to(corners: Light, sheet: Image) -> NDArray[np.float64]:
    height, width = _shrunk(sheet, corners).shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(flat, corners), np.float64)


def _shadow(cover: NDArray[np.float64], rng: Generator) -> NDArray[np.float64]:
    shift = (int(rng.integers(3, 9)), int(rng.integers(-8, 9)))
    soft = cv2.GaussianBlur(np.roll(cover[..., 0], shift, (0, 1)), (0, 0), rng.uniform(3, 8))
    return np.asarray(rng.uniform(0.06, 0.25) * soft[..., None])


def _lay_finger(image: NDArray[np.float64], corners: Light, rng: Generator) -> None:
    side = int(rng.integers(0, 4))
    middle = corners[side] * 0.5 + corners[(side + 1) % 4] * 0.5
    at = (int(middle[0]), int(middle[1]))
    cv2.ellipse(image, at, (45, 85), float(rng.uniform(0, 180)), 0, 360, (140, 165, 205), -1, cv2.LINE_AA)


def _expose(image: NDArray[np.float64], rng: Generator, view: View) -> Image:
    soft = cv2.GaussianBlur(np.clip(image, 0, 255).astype(np.uint8), (0, 0), 0.8)
    slope = (rng.uniform(-0.15, 0.15), rng.uniform(-0.15, 0.15))
    return jpeg(noisy(lit(soft, rng.uniform(*view.light), slope), view.noise, rng), 88)


def _texture(rng: Generator, height: int, width: int, grain: tuple[float, float], depth: float) -> Light:
    coarse = rng.normal(0, 1, (max(2, int(height / grain[1])), max(2, int(width / grain[0])))).astype(
        np.float32
    )
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * depth, np.float32)[
        ..., None
    ]


def _plain(rng: Generator, height: int, width: int, level: float) -> Light:
    tint = rng.uniform(-4, 4, 3)
    return np.full((height, width, 3), level, np.float32) + np.asarray(tint, np.float32)


def _dark(rng: Generator, height: int, width: int, _paper: float) -> Light:
    return _plain(rng, height, width, rng.uniform(22, 60)) + _texture(rng, height, width, (3, 3), 2)


def _grey(rng: Generator, height: int, width: int, _paper: float) -> Light:
    return _plain(rng, height, width, rng.uniform(95, 155)) + _texture(rng, height, width, (5, 5), 2)


def _wood(rng: Generator, height: int, width: int, _paper: float) -> Light:
    board = np.array([70, 110, 150], np.float32) * np.float32(rng.uniform(0.6, 1.2))
    grain = _texture(rng, height, width, (400, 6), 12) + _texture(rng, height, width, (900, 40), 10)
    ground = board + grain
    for y in rng.integers(0, height, int(rng.integers(0, 3))):  # joints between boards
        ground[y : y + 3] *= 0.55
    if rng.random() < 0.4:
        ground = np.ascontiguousarray(np.rot90(cv2.resize(ground, (height, width))))
    return ground


def _cloth(rng: Generator, height: int, width: int, _paper: float) -> Light:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    step = rng.uniform(14, 44)
    if rng.random() < 0.4:
        pattern = ((x // step + y // step) % 2)[..., None]
    elif rng.random() < 0.5:
        angle = rng.uniform(0, np.pi)
        pattern = (((x * np.cos(angle) + y * np.sin(angle)) // step) % 2)[..., None]
    else:  # flowers
        spots = np.zeros((height, width), np.float32)
        for at in rng.integers(0, (width, height), (220, 2)):
            cv2.circle(spots, (int(at[0]), int(at[1])), int(rng.integers(5, 22)), 1.0, -1)
        pattern = spots[..., None]
    colour = np.array(rng.uniform(50, 160, 3), np.float32)
    return (
        colour
        + pattern * np.array(rng.uniform(-45, 45, 3), np.float32)
        + _texture(rng, height, width, (4, 4), 4)
    )


def _clutter(rng: Generator, height: int, width: int, _paper: float) -> Light:
    ground = np.array([90, 110, 130], np.float32) + _texture(rng, height, width, (300, 8), 8)
    for _ in range(int(rng.integers(5, 11))):
        centre = (float(rng.integers(0, width)), float(rng.integers(0, height)))
        size = tuple(float(v) for v in rng.uniform(80, 420, 2))
        box = cv2.boxPoints((centre, size, float(rng.uniform(0, 90)))).astype(np.int32)
        cv2.fillPoly(ground, [box], tuple(float(v) for v in rng.uniform(20, 245, 3)))
    for _ in range(int(rng.integers(0, 4))):  # pens and cups
        start, end = (tuple(int(v) for v in rng.integers(0, (width, height))) for _ in range(2))
        cv2.line(ground, start, end, tuple(float(v) for v in rng.uniform(20, 200, 3)), 14)
        cv2.circle(
            ground, start, int(rng.integers(40, 130)), tuple(float(v) for v in rng.uniform(20, 245, 3)), -1
        )
    return ground


def _white(rng: Generator, height: int, width: int, paper: float) -> Light:
    step = rng.uniform(3, 14) * rng.choice([1.0, 1.0, -0.5])
    ground = np.full((height, width, 3), paper - step, np.float32)
    ground += np.array([rng.uniform(-4, 4), 0, rng.uniform(-4, 4)], np.float32)
    return ground + _texture(rng, height, width, (6, 6), 0.8)


DESKS: dict[str, Callable[[Generator, int, int, float], Light]] = {
    "dark-mat": _dark,
    "grey": _grey,
    "wood": _wood,
    "cloth": _cloth,
    "clutter": _clutter,
    "white": _white,
    "white-bare": _white,  # no shadow under the sheet either
}

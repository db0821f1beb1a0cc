"""The camera over the desk: perspective, shadow, motion, lamp, sensor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.protocols import Image
from hardware.sim.desk.easel import Floats, Sprite

FOCAL = 1.6  # distance of the lens, in widths of the view: a document camera 60 cm over an A3 field
TILT = np.radians(3.5)  # nobody screws a camera on quite straight
JPEG_QUALITY = 84
NOISE = 2.2  # grey levels; indoor light


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a flat thing lies. Units: millimetres from the middle of the view; degrees; blur in pixels."""

    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0
    blur_px: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """What the camera takes in. Units: `width_mm` of desk fills the width of the frame."""

    size: tuple[int, int]
    width_mm: float

    @property
    def px_per_mm(self) -> float:
        """In the middle of the frame."""
        return self.size[0] / self.width_mm

    @property
    def fine(self) -> float:
        """Pixels for a millimetre of print: hardly more than the camera sees, or warping would make moiré."""
        return 1.15 * self.px_per_mm

    def px(self, points_mm: NDArray[np.floating]) -> Floats:
        """Project points of the desk into the frame."""
        distance = FOCAL * self.width_mm
        x, y = points_mm[:, 0], points_mm[:, 1]
        depth = distance - y * np.sin(TILT)
        across, down = x * distance / depth, y * np.cos(TILT) * distance / depth
        middle = np.array(self.size) / 2
        return cast(Floats, (np.stack([across, down], axis=1) * self.px_per_mm + middle).astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """A flat thing. Shape: `picture` has a fourth channel, 255 where there is paper; over black."""

    picture: Image
    size_mm: tuple[float, float]


def cut_out(picture: Image, size_mm: tuple[float, float], corner_mm: float = 0.0) -> Print:
    """Trim a print to its outline."""
    height, width = picture.shape[:2]
    cover = np.zeros((height, width), np.uint8)
    radius = round(corner_mm * width / size_mm[0])
    inside = (radius, radius), (width - 1 - radius, height - 1 - radius)
    cv2.rectangle(cover, *inside, 255, max(1, 2 * radius), cv2.LINE_AA)  # a thick line has round corners
    cv2.rectangle(cover, *inside, 255, cv2.FILLED)
    bounded = cv2.bitwise_and(picture, picture, mask=cover)
    return Print(cast(Image, cv2.merge([*cv2.split(bounded), cover])), size_mm)


def lay(desk: Image, thing: Print, pose: Pose, view: View) -> Image:
    """Lay a flat thing on the desk and let it throw its shadow."""
    frame = desk.copy()
    quad = view.px(_corners(thing.size_mm, pose))
    margin = round(3 * view.px_per_mm) + pose.blur_px
    low = np.clip(quad.min(axis=0) - margin, 0, view.size).astype(int)
    high = np.clip(quad.max(axis=0) + margin, 0, view.size).astype(int)
    if (high <= low).any():
        return frame
    window = frame[low[1] : high[1], low[0] : high[0]]
    picture, cover = _warped(
        thing, quad - low.astype(np.float32), (int(high[0] - low[0]), int(high[1] - low[1])), pose.blur_px
    )
    _cast_shadow(window, cover, view.px_per_mm)
    rest = cv2.multiply(window, cv2.merge([255 - cover] * 3), scale=1 / 255)
    cv2.add(rest, picture, dst=window)
    return frame


def place(background: Image, figure: Sprite, shift_px: tuple[float, float], blur_px: int) -> Image:
    """Put a figure before a wall, its origin moved by so many pixels."""
    move = np.array(((1, 0, shift_px[0]), (0, 1, shift_px[1])), np.float32)
    size = background.shape[1::-1]
    picture = cv2.warpAffine(figure.picture, move, size)
    cover = cv2.warpAffine(figure.cover, move, size)
    if blur_px > 1:
        picture, cover = cv2.blur(picture, (blur_px, 1)), cv2.blur(cover, (blur_px, 1))
    rest = cv2.multiply(background, cv2.merge([255 - cover] * 3), scale=1 / 255)
    return cast(Image, cv2.add(rest, picture))


class Sensor:
    """Lamp, lens and chip: turns a drawn frame into a photographed one, as JPEG."""

    def __init__(self, size: tuple[int, int], rng: np.random.Generator) -> None:
        self._rng, self._size = rng, size
        y, x = np.meshgrid(*(np.linspace(-1, 1, n, dtype=np.float32) for n in size[::-1]), indexing="ij")
        lamp = 0.97 - 0.03 * x - 0.02 * y - 0.06 * (x**2 + y**2)
        warm = np.array((0.96, 0.99, 1.0), np.float32)
        self._light = np.clip(lamp[..., None] * warm * 255, 0, 255).astype(np.uint8)
        grain = rng.standard_normal((size[1] + 64, size[0] + 64, 3), np.float32) * NOISE
        self._grain = np.round(cv2.GaussianBlur(grain, (0, 0), 0.6) * 1.7).astype(np.int16)

    def photograph(self, drawn: Image) -> bytes:
        """Return one frame; the noise is never twice the same."""
        lit = cv2.multiply(drawn, self._light, scale=1 / 255)
        x, y = (int(each) for each in self._rng.integers(0, 64, 2))
        grain = self._grain[y : y + self._size[1], x : x + self._size[0]]
        frame = cv2.add(lit, grain, dtype=cv2.CV_8U)
        return cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()


def _corners(size_mm: tuple[float, float], pose: Pose) -> Floats:
    half = np.array(size_mm) / 2
    box = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))) * half
    turn = np.radians(pose.turn)
    spin = np.array(((np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))))
    return cast(Floats, (box @ spin + (pose.x, pose.y)).astype(np.float32))


def _warped(thing: Print, quad: Floats, size: tuple[int, int], blur_px: int) -> tuple[Image, Image]:
    height, width = thing.picture.shape[:2]
    edge = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32) - 0.5
    warped = cv2.warpPerspective(thing.picture, cv2.getPerspectiveTransform(edge, quad), size)
    if blur_px > 1:
        warped = cv2.blur(warped, (1, blur_px))
    return cast(Image, cv2.cvtColor(warped, cv2.COLOR_BGRA2BGR)), cast(Image, cv2.extractChannel(warped, 3))


def _cast_shadow(window: Image, cover: Image, px_per_mm: float) -> None:
    """Darken what lies under the edge: narrow and deep where it touches, wide and pale away from the lamp."""
    small = cv2.resize(cover, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    light = np.full(small.shape, 255, np.float32)
    for offset_mm, soft_mm, depth in ((0.3, 0.5, 0.4), (1.1, 1.6, 0.35)):
        move = np.array(((1, 0, offset_mm * px_per_mm / 4), (0, 1, offset_mm * px_per_mm / 4)), np.float32)
        moved = cv2.warpAffine(small, move, small.shape[::-1])
        light *= 1 - depth * cv2.GaussianBlur(moved, (0, 0), soft_mm * px_per_mm / 4) / 255
    full = cv2.resize(light, window.shape[1::-1]).astype(np.uint8)
    cv2.multiply(window, cv2.merge([full] * 3), dst=window, scale=1 / 255)

"""What everything lies on: a dark mat on a wooden desk; and the wall behind a face."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.protocols import Image
from hardware.sim.desk.easel import Floats
from hardware.sim.desk.optics import View

MAT = (52, 48, 45)
STITCH = (84, 80, 76)
LIGHT_WOOD, DARK_WOOD = (122, 168, 206), (70, 108, 152)


def mat_on_wood(view: View, mat_mm: tuple[float, float, float, float], rng: np.random.Generator) -> Image:
    """Draw the empty desk. Units: `mat_mm` is left, top, right and bottom of the mat, from the middle."""
    left, top, right, bottom = mat_mm
    picture = _wood(view.size, view.px_per_mm, rng)
    outline = view.px(_box(left, top, right, bottom, round_mm=9))
    cover = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(cover, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    shade = cv2.blur(
        np.roll(cover, (round(1.5 * view.px_per_mm),) * 2, (0, 1)), (round(3 * view.px_per_mm),) * 2
    )
    picture *= (1 - 0.5 * shade / 255)[..., None]
    picture += (_cloth(view.size, view.px_per_mm, rng) - picture) * (cover.astype(np.float32) / 255)[
        ..., None
    ]
    drawn = np.clip(picture, 0, 255).astype(np.uint8)
    _stitches(drawn, view, _box(left + 4, top + 4, right - 4, bottom - 4, round_mm=6))
    return drawn


def wall(size: tuple[int, int], rng: np.random.Generator) -> Image:
    """A painted wall, slightly out of focus, brighter towards the lamp."""
    y, x = _mesh(size)
    glow = 1.0 - 0.16 * ((x - 0.35) ** 2 + (y - 0.3) ** 2)
    tone = np.array((238, 230, 218), np.float32) * glow[..., None] + _clouds(size, 90, rng)[..., None] * 1.6
    return cast(Image, np.clip(tone, 0, 255).astype(np.uint8))


def _wood(size: tuple[int, int], px_per_mm: float, rng: np.random.Generator) -> Floats:
    """Grain along the desk; drawn at half the size, as the desk is out of focus anyway."""
    half, px_per_mm = (size[0] // 2, size[1] // 2), px_per_mm / 2
    y, x = _mesh(half)
    bend = _clouds(half, 160 * px_per_mm, rng)
    rings = np.sin(2 * np.pi * (y * half[1] / px_per_mm / 14 + 0.8 * bend + 0.15 * np.sin(3 * x)))
    mix = np.clip(0.45 + 0.13 * rings + 0.2 * _stretched(half, px_per_mm, rng), 0, 1)[..., None]
    light, dark = np.array(LIGHT_WOOD, np.float32), np.array(DARK_WOOD, np.float32)
    return cast(Floats, cv2.resize(light + (dark - light) * mix, size))


def _cloth(size: tuple[int, int], px_per_mm: float, rng: np.random.Generator) -> Floats:
    threads = rng.standard_normal((size[1] // 2, size[0] // 2), np.float32)
    fine = cv2.resize(threads, size, interpolation=cv2.INTER_LINEAR)
    tone = 3.2 * fine + 2.0 * _clouds(size, 40 * px_per_mm / 5, rng)
    return cast(Floats, (np.array(MAT, np.float32) + tone[..., None]).astype(np.float32))


def _stitches(picture: Image, view: View, line_mm: Floats) -> None:
    closed = np.concatenate([line_mm, line_mm[:1]])
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    places = np.arange(0, steps[-1], 3.4)
    ends = [
        view.px(np.stack([np.interp(places + more, steps, closed[:, axis]) for axis in (0, 1)], axis=1))
        for more in (0, 2.2)
    ]
    thick = max(1, round(0.35 * view.px_per_mm))
    for start, end in zip(*ends, strict=True):
        cv2.line(picture, _point(start), _point(end), STITCH, thick, cv2.LINE_AA)


def _box(left: float, top: float, right: float, bottom: float, round_mm: float) -> Floats:
    turn = np.linspace(0, np.pi / 2, 8)
    corner = np.stack([np.cos(turn), np.sin(turn)], axis=1) * round_mm
    inner = (
        ((right, bottom), (1, 1)),
        ((left, bottom), (-1, 1)),
        ((left, top), (-1, -1)),
        ((right, top), (1, -1)),
    )
    parts = []
    for number, ((x, y), (sx, sy)) in enumerate(inner):
        arc = corner * (sx, sy) + (x - sx * round_mm, y - sy * round_mm)
        parts.append(arc if number % 2 == 0 else arc[::-1])
    return cast(Floats, np.concatenate(parts).astype(np.float32))


def _clouds(size: tuple[int, int], grain_px: float, rng: np.random.Generator) -> Floats:
    """Smooth noise. Units: about one standard deviation; `grain_px` is the size of a cloud."""
    coarse = (max(2, round(size[1] / grain_px)), max(2, round(size[0] / grain_px)))
    return cast(
        Floats, cv2.resize(rng.normal(0, 1, coarse).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    )


def _stretched(size: tuple[int, int], px_per_mm: float, rng: np.random.Generator) -> Floats:
    coarse = rng.normal(0, 1, (round(size[1] / px_per_mm * 2.5), round(size[0] / px_per_mm / 25) + 2))
    return cast(Floats, cv2.resize(coarse.astype(np.float32), size, interpolation=cv2.INTER_CUBIC))


def _mesh(size: tuple[int, int]) -> tuple[Floats, Floats]:
    y, x = np.meshgrid(
        np.linspace(0, 1, size[1], dtype=np.float32),
        np.linspace(0, 1, size[0], dtype=np.float32),
        indexing="ij",
    )
    return y, x


def _point(at: NDArray[np.floating]) -> tuple[int, int]:
    return round(float(at[0])), round(float(at[1]))

"""A face that belongs to nobody: drawn, friendly, and a face to OpenCV's detector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from hardware.protocols import Image
from hardware.sim.desk.easel import Colour, Easel, Sprite, oval
from hardware.sim.desk.things import Person

# Everything is measured in half the width of the face, from the point between the eyes.
WIDTH, HEIGHT = 5.2, 5.7
EYES_AT = (2.6, 1.95)


@dataclass(frozen=True, slots=True)
class _Looks:
    skin: Colour
    hair: Colour
    shirt: Colour
    long_hair: bool
    grown: bool
    eye_high: float
    jaw: float


SKINS: tuple[Colour, ...] = ((180, 206, 243), (170, 199, 238), (160, 190, 230))
SHIRTS: tuple[Colour, ...] = ((232, 232, 230), (214, 190, 150), (190, 208, 240), (176, 214, 190))


def draw_person(person: Person, unit_px: float) -> Sprite:
    """Draw head and shoulders. Units: `unit_px` is half the width of the face."""
    looks = _looks(person)
    size = (round(WIDTH * unit_px), round(HEIGHT * unit_px))
    easel = Easel(size, (EYES_AT[0] * unit_px, EYES_AT[1] * unit_px), unit_px)
    if looks.long_hair:
        _hair_behind(easel, looks)
    _shoulders(easel, looks)
    _head(easel, looks)
    for side in (-1, 1):
        _eye(easel, looks, side)
    _nose(easel, looks)
    _mouth(easel, looks)
    _hair(easel, looks, np.random.default_rng(person.seed))
    return easel.sprite()


def passport_photo(person: Person, height_px: int) -> Image:
    """The face before a plain wall, three by four, as it is printed on a card."""
    unit = height_px / 4.1
    sprite = draw_person(person, unit)
    wall = np.array((238, 226, 212)) * (1 - sprite.cover[..., None] / 255)
    picture = sprite.picture + wall
    wide = round(height_px * 3 / 4)
    left = round(EYES_AT[0] * unit - wide / 2)
    return cast(Image, np.clip(picture[:height_px, left : left + wide], 0, 255).astype(np.uint8))


def _looks(person: Person) -> _Looks:
    rng = np.random.default_rng(person.seed)
    skin = SKINS[rng.integers(len(SKINS))]
    shirt = SHIRTS[rng.integers(len(SHIRTS))]
    hair = [(30, 30, 36), (24, 28, 40), (34, 38, 52)][rng.integers(3)]
    eye_high, jaw = (0.105, 0.1) if person.adult else (0.125, 0.0)
    return _Looks(skin, hair, shirt, person.female, person.adult, eye_high, jaw)


def _shade(colour: Colour, factor: float) -> Colour:
    blue, green, red = colour
    return round(blue * factor**1.2), round(green * factor), round(red * factor**0.8)


def _shoulders(easel: Easel, looks: _Looks) -> None:
    shirt, skin = looks.shirt, looks.skin
    easel.solid(
        [(-0.46, 0.7), (0.46, 0.7), (0.48, 1.7), (0.7, 2.0), (0, 2.4), (-0.7, 2.0), (-0.48, 1.7)],
        _shade(skin, 0.93),
        depth=0.5,
    )
    easel.glaze(
        [(-0.6, 0.9), (0.6, 0.9), (0.5, 1.5), (0, 1.62), (-0.5, 1.5)],
        _shade(skin, 0.66),
        soft=0.12,
        strength=0.75,
    )
    left = [
        (-0.44, 1.58),
        (-0.75, 1.7),
        (-1.5, 1.92),
        (-2.0, 2.3),
        (-2.3, 3.4),
        (-2.3, 4.5),
        (0.1, 4.5),
        (0.0, 2.3),
    ]
    right = [(-x, y) for x, y in left]
    body = [*left[:-1], *right[-2::-1], (0.0, 2.2)]
    easel.solid(body, shirt, depth=0.75)
    for side in (-1, 1):
        tip, root = (0.44, 2.5), (0.02, 2.2)
        collar = [(0.44, 1.52), (0.6, 1.6), (0.74, 2.0), tip, tip, tip, root, root, (0.3, 1.9)]
        easel.glaze([(side * x, y + 0.05) for x, y in collar], _shade(shirt, 0.7), soft=0.05, strength=0.6)
        easel.solid([(side * x, y) for x, y in collar], shirt, depth=0.09)
    easel.line([(0.0, 2.25), (0.02, 3.2), (0.0, 4.4)], 0.03, _shade(shirt, 0.6), soft=0.012, strength=0.8)
    for y in (2.62, 3.2):
        easel.glaze(oval((0.06, y), 0.05, 0.05), _shade(shirt, 0.72), soft=0.012)


def _head(easel: Easel, looks: _Looks) -> None:
    skin, jaw = looks.skin, looks.jaw
    for side in (-1, 1):
        ear = [(0.9, -0.18), (1.08, -0.2), (1.16, 0.02), (1.1, 0.3), (0.98, 0.44), (0.88, 0.3)]
        easel.solid([(side * x, y) for x, y in ear], _shade(skin, 0.95), depth=0.1)
        inner = [(0.98, -0.08), (1.07, -0.06), (1.07, 0.14), (1.0, 0.28)]
        easel.glaze([(side * x, y) for x, y in inner], _shade(skin, 0.66), soft=0.03, strength=0.6)
    half = [
        (0.5, -1.26),
        (0.92, -0.86),
        (1.05, -0.2),
        (1.0, 0.42),
        (0.86 - jaw, 0.82),
        (0.52 - jaw, 1.14 + jaw),
    ]
    outline = [(0, -1.34), *half, (0.2, 1.27 + jaw), *[(-x, y) for x, y in [(0.2, 1.27 + jaw), *half[::-1]]]]
    easel.solid(outline, skin, depth=0.95)
    for side in (-1, 1):
        easel.glaze(oval((side * 0.6, 0.52), 0.26, 0.2), (120, 130, 238), soft=0.12, strength=0.30)
        easel.glaze(oval((side * 0.44, 0.02), 0.3, 0.2), _shade(skin, 0.78), soft=0.09, strength=0.45)
        easel.glaze(oval((side * 0.5 - 0.08, 0.36), 0.17, 0.1), _shade(skin, 1.13), soft=0.09, strength=0.5)
    easel.glaze(oval((-0.1, -0.55), 0.45, 0.22), _shade(skin, 1.12), soft=0.16, strength=0.5)
    easel.glaze(oval((0, 1.1 + jaw), 0.22, 0.09), _shade(skin, 1.06), soft=0.08, strength=0.5)


def _eye(easel: Easel, looks: _Looks, side: int) -> None:
    x, high = side * 0.43, looks.eye_high

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        """Points of the right eye, mirrored for the left."""
        return [(x + side * dx, dy) for dx, dy in points]

    white = at((-0.23, 0.05), (-0.14, -high * 0.75), (0.02, -high * 1.2), (0.16, -high * 0.8), (0.25, -0.01),
               (0.14, high * 0.72), (-0.04, high * 0.95), (-0.16, high * 0.7))  # fmt: skip
    easel.glaze(white, (226, 232, 238), soft=0.012)
    easel.glaze(
        at((-0.2, 0.0), (0, -high * 1.1), (0.2, -0.02), (0, -high * 0.3)),
        (120, 124, 140),
        soft=0.03,
        strength=0.5,
    )
    iris = 0.125
    easel.glaze(oval((x, -0.01), iris, iris), (26, 34, 52), soft=0.012)
    easel.glaze(oval((x, 0.035), iris * 0.66, iris * 0.5), (48, 78, 120), soft=0.03, strength=0.8)
    easel.glaze(oval((x, -0.01), iris * 0.45, iris * 0.45), (12, 12, 16), soft=0.012)
    easel.glaze(oval((x - 0.045, -0.055), 0.032, 0.032), (255, 255, 255), soft=0.009)
    easel.glaze(oval((x + 0.045, 0.05), 0.016, 0.016), (235, 235, 235), soft=0.009, strength=0.6)
    lid = at((-0.25, 0.06), (-0.15, -high * 0.72), (0.02, -high * 1.18), (0.17, -high * 0.82), (0.29, -0.03))
    skin = looks.skin
    lower = at((-0.24, 0.05), (-0.14, -high * 0.8), (0.02, -high * 1.25), (0.17, -high), (0.27, -0.05))
    upper = at((0.3, -high * 1.2), (0.02, -high * 2.3), (-0.24, -high * 1.3))
    easel.glaze([*lower, *upper], skin, soft=0.016)
    easel.line(lid, 0.055, (26, 28, 38), soft=0.01)
    fold = at((-0.22, -high * 0.9), (-0.08, -high * 1.6), (0.08, -high * 1.7), (0.26, -high * 0.9))
    easel.line(fold, 0.03, _shade(skin, 0.62), soft=0.014, strength=0.7)
    below = at((-0.2, high * 0.75), (-0.02, high * 1.2), (0.18, high * 0.7))
    easel.line(below, 0.025, _shade(skin, 0.66), soft=0.012, strength=0.6)
    brow = at((-0.26, -0.27), (-0.08, -0.36), (0.14, -0.37), (0.33, -0.26))
    easel.line(brow, 0.085, looks.hair, soft=0.025, strength=0.75)


def _nose(easel: Easel, looks: _Looks) -> None:
    skin = looks.skin
    easel.glaze(
        [(0.05, -0.1), (0.16, 0.2), (0.2, 0.44), (0.08, 0.5), (0.03, 0.2)],
        _shade(skin, 0.8),
        soft=0.06,
        strength=0.45,
    )
    easel.glaze(
        [(-0.05, -0.1), (0.03, -0.1), (0.05, 0.36), (-0.06, 0.36)],
        _shade(skin, 1.14),
        soft=0.04,
        strength=0.6,
    )
    easel.glaze(oval((0, 0.53), 0.2, 0.06), _shade(skin, 0.66), soft=0.05, strength=0.55)
    easel.glaze(oval((-0.02, 0.4), 0.1, 0.08), _shade(skin, 1.14), soft=0.04, strength=0.7)
    for side in (-1, 1):
        easel.glaze(oval((side * 0.1, 0.5), 0.045, 0.024), _shade(skin, 0.36), soft=0.016, strength=0.8)
        wing = [(side * 0.17, 0.38), (side * 0.215, 0.46), (side * 0.17, 0.52)]
        easel.line(wing, 0.035, _shade(skin, 0.66), soft=0.018, strength=0.6)


def _mouth(easel: Easel, looks: _Looks) -> None:
    skin, lip = looks.skin, (118, 116, 206)
    easel.glaze(oval((0, 0.98), 0.2, 0.05), _shade(skin, 0.8), soft=0.05, strength=0.4)
    upper = [(-0.31, 0.73), (-0.1, 0.7), (0, 0.72), (0.1, 0.7), (0.31, 0.73), (0.12, 0.8), (-0.12, 0.8)]
    lower = [(-0.3, 0.74), (-0.1, 0.79), (0.1, 0.79), (0.3, 0.74), (0.16, 0.89), (0, 0.92), (-0.16, 0.89)]
    easel.glaze(lower, lip, soft=0.02, strength=0.85)
    easel.glaze(upper, _shade(lip, 0.84), soft=0.016, strength=0.85)
    easel.line(
        [(-0.35, 0.71), (-0.16, 0.775), (0, 0.785), (0.16, 0.775), (0.35, 0.71)],
        0.03,
        (58, 52, 104),
        soft=0.01,
    )
    easel.glaze(oval((-0.05, 0.845), 0.1, 0.022), (190, 190, 246), soft=0.02, strength=0.6)
    for side in (-1, 1):
        easel.glaze(oval((side * 0.37, 0.7), 0.03, 0.04), _shade(skin, 0.62), soft=0.03, strength=0.6)


def _hair_behind(easel: Easel, looks: _Looks) -> None:
    half = [(0.6, -1.4), (1.15, -0.9), (1.3, 0.1), (1.3, 1.2), (1.05, 1.95), (0.4, 1.8)]
    easel.solid(
        [(0, -1.5), *half, *[(-x, y) for x, y in half[::-1]]], _shade(looks.hair, 0.8), depth=0.5, soft=0.03
    )


def _hair(easel: Easel, looks: _Looks, rng: np.random.Generator) -> None:
    low = 0.55 if looks.long_hair else -0.06
    outer = [(0.55, -1.5), (1.02, -1.08), (1.2, -0.4), (1.16, low)]
    rise = 0.24 if looks.grown else 0.0  # a grown forehead shows more
    left = [(1.02, low - 0.05), (0.99, -0.45), (0.72, -0.62 - rise), (0.3, -0.56 - rise * 1.4)]
    right = [(-0.5, -0.54 - rise * 0.8), (-0.84, -0.66), (-0.99, -0.42), (-1.02, low - 0.05)]
    fringe = [*left, (-0.1, -0.68 - rise), *right]
    outline = [(0, -1.58), *outer, *fringe, *[(-x, y) for x, y in outer[::-1]]]
    easel.glaze(
        [(x * 0.97, y + 0.08) for x, y in fringe] + [(-0.9, -1), (0.9, -1)],
        _shade(looks.skin, 0.6),
        soft=0.06,
        strength=0.5,
    )
    easel.solid(outline, looks.hair, depth=0.8, soft=0.018)
    for _ in range(120):
        x = float(rng.uniform(-1.0, 1.0))
        tip = x * 1.12 + float(rng.normal(0, 0.05))
        end = -0.66 - rise + 0.5 * max(0.0, abs(x) - 0.75) + float(rng.normal(0, 0.04))
        shine = max(0.0, 1 - abs(x + 0.35) / 0.9)
        colour = _shade(looks.hair, 1.1 + 1.3 * shine * float(rng.random()))
        easel.line([(x * 0.35, -1.5), (x * 0.85, -1.2), (tip, end)], 0.03, colour, soft=0.008, strength=0.5)

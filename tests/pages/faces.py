"""Portraits of people who do not exist, with one thing wrong or nothing."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from hardware.protocols import Image
from hardware.sim.desk.portrait import EYES_AT, draw_person
from hardware.sim.desk.things import Person
from tests.pages import damage

_EYE_X, _EYE_Y = 0.43, 0.0  # from the middle between the eyes, in half face widths


@dataclass(frozen=True, slots=True)
class Sitter:
    """One person before the camera.

    Shape: `at` is where the middle between the eyes is, in parts of the picture's width and height.
    Units: `unit` is half the face's width in parts of the picture's height.
    """

    seed: int = 0
    at: tuple[float, float] = (0.5, 0.42)
    unit: float = 0.16
    turn: float = 0.0  # degrees
    eyes: str = "open"  # "open", "shut", "shaded"


def portrait(*sitters: Sitter, rng: Generator, size: tuple[int, int] = (1920, 1080)) -> Image:
    """Photograph people before a wall of some light colour."""
    width, height = size
    wall = np.full((height, width, 3), rng.uniform(175, 230, 3), np.float32)
    wall += np.linspace(12, -12, width, dtype=np.float32)[None, :, None]
    for sitter in sitters:
        _seat(wall, sitter)
    soft = cv2.GaussianBlur(np.clip(wall, 0, 255).astype(np.uint8), (0, 0), 0.8)
    return damage.jpeg(damage.noisy(soft.astype(np.uint8), 2.0, rng), 90)


def _seat(wall: np.ndarray, sitter: Sitter) -> None:
    height, width = wall.shape[:2]
    unit = sitter.unit * height
    person = Person(sitter.seed, adult=sitter.seed % 2 == 1, female=sitter.seed % 3 == 0)
    sprite = draw_person(person, unit)
    picture, cover = sprite.picture.astype(np.float32), sprite.cover.astype(np.float32) / 255
    middle = (EYES_AT[0] * unit, EYES_AT[1] * unit)
    if sitter.eyes != "open":
        _cover_eyes(picture, middle, unit, sitter.eyes)
    turn = cv2.getRotationMatrix2D(middle, sitter.turn, 1.0)
    turn[:, 2] += (sitter.at[0] * width - middle[0], sitter.at[1] * height - middle[1])
    picture = cv2.warpAffine(picture, turn, (width, height))
    cover = cv2.warpAffine(cover, turn, (width, height))[..., None]
    wall[:] = wall * (1 - cover) + picture


def _cover_eyes(picture: np.ndarray, middle: tuple[float, float], unit: float, how: str) -> None:
    for side in (-1, 1):
        x, y = round(middle[0] + side * _EYE_X * unit), round(middle[1] + _EYE_Y * unit)
        if how == "shaded":
            axes = (round(0.36 * unit), round(0.27 * unit))
            cv2.ellipse(picture, (x, y), axes, 0, 0, 360, (26, 24, 22), -1, cv2.LINE_AA)
            continue
        skin = tuple(float(v) for v in picture[round(y + 0.42 * unit), x])
        axes = (round(0.34 * unit), round(0.2 * unit))
        cv2.ellipse(picture, (x, y), axes, 0, 0, 360, skin, -1, cv2.LINE_AA)
        lid = tuple(v * 0.6 for v in skin)
        cv2.ellipse(
            picture,
            (x, y),
            (round(0.24 * unit), round(0.08 * unit)),
            0,
            10,
            170,
            lid,
            max(2, round(0.03 * unit)),
        )

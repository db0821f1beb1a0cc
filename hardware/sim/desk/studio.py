"""Photographs each thing as it comes into the picture, stays, and goes again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import cv2
import numpy as np

from hardware.protocols import Image
from hardware.sim.desk.cards import CARD_MM, citizen_card, citizen_card_back, health_card
from hardware.sim.desk.certificate import PAGE_MM, certificate
from hardware.sim.desk.optics import Pose, Print, Sensor, View, cut_out, lay, place
from hardware.sim.desk.portrait import EYES_AT, draw_person
from hardware.sim.desk.surface import mat_on_wood, wall
from hardware.sim.desk.things import CardFace, CertificatePage, Person

CARD_SHARE = 0.62  # of the width: gives the codes 4 px a module and more at 1080p [vision.md 1c wants 3]
PAGE_SHARE = 0.94  # of the height
PAGE_DETAIL = 1.5  # a larger mode for papers: at 1080p an upright page has 3.4 px/mm, too few [vision.md 3]
FACE_SHARE = 0.172  # half a face's width, of the height: the head then fills 0.3 to 0.5 of it [vision.md 4]
RECEIPT_MM = 80.0

EMPTY_SECONDS, ARRIVE_SECONDS, STAY_SECONDS = 0.5, 0.6, 4.0
TREMBLES = 8  # distinct frames while a thing lies there
LAID_DOWN = 0.1  # how much of a held card's trembling is left when a thing lies flat on the mat
SHUTTER = 0.35  # share of a frame's time that it is open; indoors

Shot = Callable[[float, float], Image]
"""Draw a scene: how far the thing has still to go (1 to 0), and the phase of its trembling (0 to 1)."""


class Studio:
    """Lamp, desk and camera; every reel it returns is a list of JPEGs, equal ones the same object."""

    def __init__(self, fonts: Path, size: tuple[int, int], seed: int, fps: int) -> None:
        self._fonts, self._size, self._seed, self._fps = fonts, size, seed, fps
        self._rng = np.random.default_rng(seed)
        self._sensor = Sensor(size, self._rng)
        self._near = View(size, CARD_MM[0] / CARD_SHARE)
        reach = self._near.width_mm
        self._desk = mat_on_wood(self._near, (-reach, -reach, 0.455 * reach, reach), self._rng)

    def bare_desk(self) -> list[bytes]:
        """Nothing lies there."""
        return [self._sensor.photograph(self._desk) for _ in range(3)]

    def citizen_card(self, card: CardFace) -> list[bytes]:
        """One card, laid down: it is read, and photographed too."""
        seen = cut_out(citizen_card(card, self._fonts, self._near.fine), CARD_MM, corner_mm=3.2)
        return list(self._visit(self._sensor, self._on_desk(self._desk, seen, self._near, LAID_DOWN)))

    def citizen_card_back(self, lines: tuple[str, ...]) -> list[bytes]:
        """The same card, turned over."""
        print_ = citizen_card_back(lines, self._fonts, self._near.fine)
        seen = cut_out(print_, CARD_MM, corner_mm=3.2)
        return list(self._visit(self._sensor, self._on_desk(self._desk, seen, self._near, LAID_DOWN)))

    def health_card(self, card: CardFace) -> list[bytes]:
        """One card of paper between foils."""
        seen = cut_out(health_card(card, self._fonts, self._near.fine), CARD_MM, corner_mm=2.0)
        return list(self._visit(self._sensor, self._on_desk(self._desk, seen, self._near)))

    def certificates(self, pages: list[CertificatePage]) -> list[bytes]:
        """One page after another."""
        size = (round(self._size[0] * PAGE_DETAIL), round(self._size[1] * PAGE_DETAIL))
        view = View(size, PAGE_MM[1] / PAGE_SHARE * size[0] / size[1])
        desk, sensor = mat_on_wood(view, (-205, -200, 205, 190), self._rng), Sensor(size, self._rng)
        sheets = [certificate(page, self._fonts, view.fine, self._seed + n) for n, page in enumerate(pages)]
        shots = [self._on_desk(desk, cut_out(sheet, PAGE_MM), view, LAID_DOWN) for sheet in sheets]
        return [frame for shot in shots for frame in self._visit(sensor, shot)]

    def portrait(self, who: Person) -> list[bytes]:
        """One face before a wall."""
        shot = self._before_wall(wall(self._size, self._rng), who)
        return list(self._visit(self._sensor, shot))

    def receipt(self, slip: Image) -> list[bytes]:
        """A slip as the printer's twin draws it, on its paper. Shape: `slip` is grey or in colour."""
        colour = slip if slip.ndim == 3 else cast(Image, cv2.cvtColor(slip, cv2.COLOR_GRAY2BGR))
        margin = slip.shape[1] // 18  # 576 dots are 72 mm of 80
        paper = cv2.copyMakeBorder(
            colour, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255,) * 3
        )
        faded = cast(Image, cv2.convertScaleAbs(paper, alpha=0.78, beta=44))  # thermal black is a dark grey
        size_mm = (RECEIPT_MM, RECEIPT_MM * paper.shape[0] / paper.shape[1])
        wide = max(self._near.width_mm, size_mm[1] / PAGE_SHARE * self._size[0] / self._size[1])
        view = View(self._size, wide)
        desk = mat_on_wood(view, (-205, -200, 205, 190), self._rng)
        width = round(RECEIPT_MM * view.fine)
        small = cv2.resize(
            faded, (width, round(width * size_mm[1] / RECEIPT_MM)), interpolation=cv2.INTER_AREA
        )
        thing = cut_out(cast(Image, small), size_mm)
        return list(self._visit(self._sensor, self._on_desk(desk, thing, view)))

    def _on_desk(self, desk: Image, thing: Print, view: View, trembling: float = 1.0) -> Shot:
        x, y, turn = self._rng.uniform(-1, 1, 3) * (0.012 * view.width_mm, 0.004 * view.width_mm, 2.0)
        away = 1.3 * view.size[1] / view.px_per_mm  # it comes in from the visitor's side

        def shot(to_go: float, phase: float) -> Image:
            swing = 2 * np.pi * phase
            pose = Pose(
                x + 0.12 * trembling * np.sin(swing),
                y + 0.10 * trembling * np.sin(2 * swing + 1) + to_go * away,
                turn + 0.05 * trembling * np.sin(swing + 2) + 7 * to_go,
                self._blur_px(to_go, away * view.px_per_mm),
            )
            return lay(desk, thing, pose, view)

        return shot

    def _before_wall(self, background: Image, who: Person) -> Shot:
        unit = self._size[1] * FACE_SHARE
        figure = draw_person(who, unit)
        left, top = self._size[0] / 2 - EYES_AT[0] * unit, self._size[1] * 0.42 - EYES_AT[1] * unit
        away = 0.8 * self._size[0]

        def shot(to_go: float, phase: float) -> Image:
            swing = 2 * np.pi * phase
            x = left + 0.012 * unit * np.sin(swing) + to_go * away
            y = top + 0.008 * unit * np.sin(2 * swing)
            return place(background, figure, (x, y), self._blur_px(to_go, away))

        return shot

    def _blur_px(self, to_go: float, away_px: float) -> int:
        """How far it moves while the shutter is open. `to_go` falls as (1 - t)³, its speed as (1 - t)²."""
        travel_px: float = 3 * to_go ** (2 / 3) * away_px / (ARRIVE_SECONDS * self._fps)
        return round(SHUTTER * travel_px)

    def _visit(self, sensor: Sensor, shot: Shot) -> Iterator[bytes]:
        steps = round(ARRIVE_SECONDS * self._fps)
        empty = [sensor.photograph(shot(1.0, 0.0)) for _ in range(2)]
        coming = [sensor.photograph(shot((1 - n / steps) ** 3, 0.0)) for n in range(1, steps)]
        staying = [sensor.photograph(shot(0.0, n / TREMBLES)) for n in range(TREMBLES)]
        yield from (empty[n % 2] for n in range(round(EMPTY_SECONDS * self._fps)))
        yield from coming
        yield from (staying[n % TREMBLES] for n in range(round(STAY_SECONDS * self._fps)))
        yield from coming[::-1]

"""One still of each thing on the make-believe desk, for whoever rehearses without a card in hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hardware.sim.desk.optics import Sensor
from hardware.sim.desk.studio import Shot, Studio

SIZE = (1920, 1080)
"""Pixels; what a usual camera of a station gives."""


class StillStudio(Studio):
    """The same lamp, desk and camera; a reel is one picture, taken while the thing lies there."""

    def __init__(self, fonts: Path, seed: int) -> None:
        super().__init__(fonts, SIZE, seed, fps=1)

    def _visit(self, sensor: Sensor, shot: Shot) -> Iterator[bytes]:
        yield sensor.photograph(shot(0.0, 0.0))

"""Is the writing on a flattened sheet sharp enough to be read? Measured only where there is writing."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.domain.measurements import TextMeasurements
from kiosk.vision.edges import Floats, Indices, Numbers
from kiosk.vision.exposure import measure_light
from kiosk.vision.ink import darkness, inside, letter_height, paper_level, row_strips, runs_across

_TILE = 64  # px: two or three rows of text at the size of a live frame
_MOST_TILES = 64  # spread over the sheet; more do not change the tenth part
_LEAST_CONTRAST = 20.0  # of 255: below are security prints and what lies on the other side
_DIAGONAL = np.float32(np.sqrt(0.5))
_EVEN = 0.8  # letters alone make slopes differ by so much
_LETTERS = 96  # letters of 12 point, one above another, along the long side of A4


def measure_text(sheet: Image, scale: float = 1.0) -> TextMeasurements:
    """Measure writing and light on a grey flattened sheet.

    Units:  `scale` is px of the sheet per px of the picture it was taken from.
    Source: the worst tenth of tiles, made less where slopes differ by direction: AUC for blur 0.99,
            without directions 0.80, the Laplacian's variance 0.84 (225 shots of tests/pages).
    """
    level = paper_level(sheet)
    ink = darkness(sheet, level)
    light = measure_light(sheet, level, ink)
    if not runs_across(ink):
        ink = np.ascontiguousarray(np.rot90(ink))
    tiles = _tiles(inside(ink))
    height = letter_height(row_strips(ink))
    steep = float(np.percentile(tiles.steepness, 10)) if len(tiles.steepness) >= 5 else 0.0
    # The height of blurred letters is uncertain; the sheet's own size steadies it.
    size = float(np.sqrt(max(height, 1.0) * max(sheet.shape) / _LETTERS))
    return TextMeasurements(
        text_height_px=height / scale,
        text_share=tiles.share,
        sharpness=steep * size * min(1.0, tiles.evenness / _EVEN),
        evenness=tiles.evenness,
        contrast=float(np.median(tiles.contrast)) / 255 if len(tiles.contrast) else 0.0,
        brightness=light.brightness,
        clipped_share=light.clipped_share,
        glare_share=light.glare_share,
        noise=_noise(sheet),
    )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Tiles:
    """Tiles with writing: contrast of 255; steepest slope over contrast, per px; and the same each way.

    Shape: (tiles,), (tiles,) and (4, tiles); `share` of the sheet.
    """

    contrast: Numbers
    steepness: Numbers
    each_way: Numbers
    share: float

    @property
    def evenness(self) -> float:
        """Slope in the blurred direction over the slope in the sharp one: 0.7 to 1 unless the paper moved."""
        if not len(self.contrast):
            return 1.0
        ways = np.median(self.each_way, axis=1)
        return float(ways.min() / max(ways.max(), 1e-6))


def _tiles(ink: Floats) -> _Tiles:
    rows, columns = ink.shape[0] // _TILE, ink.shape[1] // _TILE
    if not rows or not columns:
        return _Tiles(np.zeros(0), np.zeros(0), np.zeros((4, 0)), 0.0)
    ink = np.ascontiguousarray(ink[: rows * _TILE, : columns * _TILE])
    mean = cv2.resize(ink, (columns, rows), interpolation=cv2.INTER_AREA).ravel()
    inked = np.flatnonzero(mean > 4)
    chosen = inked[:: len(inked) // _MOST_TILES + 1]
    dark = _cut(ink, columns, chosen)
    slopes = (np.asarray(cv2.Sobel(ink, cv2.CV_32F, d, 1 - d, scale=1 / 8), np.float32) for d in (1, 0))
    x, y = (_cut(slope, columns, chosen) for slope in slopes)
    slope = np.sqrt(x * x + y * y)
    contrast = _part(dark, 0.97) - _part(dark, 0.33)
    steepest = _rise(slope, 0.97)
    dense = _rise(slope, 0.85) > 0.2 * steepest  # a printed frame alone is steep, but thin
    written = np.flatnonzero((contrast > _LEAST_CONTRAST) & dense)
    ways = np.array(
        [_rise(np.abs(way[written]), 0.95) for way in (x, y, (x + y) * _DIAGONAL, (x - y) * _DIAGONAL)]
    )
    share = len(written) / max(1, len(chosen)) * len(inked) / (rows * columns)
    contrast = np.maximum(contrast[written], 1)
    return _Tiles(contrast, np.maximum(steepest[written], 0) / contrast, ways / contrast, share)


def _rise(tiles: Floats, share: float) -> Numbers:
    """A high level of each tile over what is usual in it, which is grain."""
    return _part(tiles, share) - _part(tiles, 0.33)


def _cut(values: Floats, columns: int, chosen: Indices) -> Floats:
    """Cut out tiles by their numbers; every second pixel will do. Shape: (tiles, pixels)."""
    tiles = values.reshape(-1, _TILE, columns, _TILE).swapaxes(1, 2).reshape(-1, _TILE, _TILE)
    return np.ascontiguousarray(tiles[chosen][:, ::2]).reshape(len(chosen), _TILE * _TILE // 2)


def _part(tiles: Floats, share: float) -> Numbers:
    """Return the level below which this share of each tile lies."""
    at = int(share * tiles.shape[1])
    return np.partition(tiles, at, axis=1)[:, at].astype(np.float64)


def _noise(sheet: Image) -> float:
    """Sigma of the grain, grey levels: most of a sheet is blank, so the median does not see the writing."""
    edges = cv2.Laplacian(np.ascontiguousarray(sheet[::2]), cv2.CV_32F)
    return 1.4826 * float(np.median(np.abs(edges[:, ::2]))) / float(np.sqrt(20))

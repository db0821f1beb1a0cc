"""Finds the machine-readable lines in a photograph of a card's back, and reads them until they make sense.

Whether they do is for the caller to say: a check digit knows better than any picture how well it was read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.protocols import Image
from kiosk.vision.tesseract import CannotRead, languages, recognise

__all__ = ["CannotRead", "read_lines"]

T = TypeVar("T")
Floats = NDArray[np.float32]

BUDGET_MS = 4000.0

_FIELD_PX = 1000  # width at which lines are looked for: the letters of a small card are still 9 px high
_REACHES_PX = (25, 41)  # gaps between letters that are closed; a large card has wider ones
_LEAST_LINE = 0.2  # of the frame's width: the lines of a card that fills a quarter of it
_SLENDER = 8.0  # length by height; sharp and straight they are 30
_STEEPEST_DEGREES = 25.0
_CAPITAL_SHARE = 2.5 / 75.5  # of a line's length. Source: ICAO Doc 9303 part 3, thirty characters of OCR-B
_MARGIN_CAPITALS = 1.2  # white around the block
_MOST_BLOCKS = 2

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_INCH_PER_CAPITAL = 0.1  # a capital of OCR-B is 2.5 mm high
_LEAST_SECONDS = 0.15  # one call of Tesseract is not begun with less


Band = tuple[Image, float]
"""A block cut out and upright. Units: the height of its capitals in px."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle. Units: px; degrees the right end lies lower, -90 to 90."""

    middle: tuple[float, float]
    length: float
    height: float
    degrees: float

    @property
    def rotated(self) -> tuple[tuple[float, float], tuple[float, float], float]:
        """As OpenCV has it."""
        return self.middle, (self.length, self.height), self.degrees

    def scaled(self, by: float) -> Block:
        """The same in another picture's pixels."""
        return Block(
            (self.middle[0] * by, self.middle[1] * by), self.length * by, self.height * by, self.degrees
        )


def read_lines(image: Image, accept: Callable[[str], T | None], budget_ms: float = BUDGET_MS) -> T | None:
    """Show `accept` one reading after another, and return what it first takes; None if it takes none.

    Shape:  `image` is grey or in colour; the card may be turned by 20 degrees, or lie upside down, and must
            fill a quarter of the frame's width.
    Units:  `budget_ms` real time; one call of Tesseract may not outlast it.
    Errors: CannotRead, if Tesseract is missing or ends no call.
    """
    end = time.monotonic() + budget_ms / 1000
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    options = _options()
    trouble, read = None, 0
    for band in _readings(grey):
        left = end - time.monotonic()
        if left < _LEAST_SECONDS:
            break
        try:
            text = recognise(band, options, left)
        except CannotRead as why:
            trouble = why
            continue
        read += 1
        if (found := accept(text)) is not None:
            return found
    if trouble is not None and not read:
        raise trouble
    return None


def _options() -> tuple[str, ...]:
    language = "eng" if "eng" in languages() else "vie"
    settings = {"tessedit_char_whitelist": _LETTERS, "load_system_dawg": "0", "load_freq_dawg": "0"}
    dpi = str(round(_WAYS[0][0] / _INCH_PER_CAPITAL))
    told = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return ("-l", language, "--psm", "6", "--dpi", dpi, *told)


def _readings(grey: Image) -> Iterator[Image]:
    """The blocks that look like such lines, made ready in several ways, the likeliest first.

    Only the first way is also tried upside down before the others: whoever turned the card sees it soon.
    """
    upright = [_cut(grey, block) for block in _find_blocks(grey)]
    turned = [(cv2.rotate(band, cv2.ROTATE_180).astype(np.uint8), capital_px) for band, capital_px in upright]
    order = [(upright, _WAYS[:1]), (turned, _WAYS[:1]), (upright, _WAYS[1:]), (turned, _WAYS[1:])]
    for bands, ways in order:
        for (height_px, clean), (band, capital_px) in product(ways, bands):
            yield clean(_sized(band, height_px / capital_px), height_px)


def _sized(band: Image, scale: float) -> Image:
    smoothing = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(band, None, fx=scale, fy=scale, interpolation=smoothing).astype(np.uint8)


def _evened(grey: Image, capital_px: int) -> Image:
    """Paper becomes white and the darkest ink black, whatever the light."""
    reach = capital_px | 1
    paper = cv2.morphologyEx(
        grey, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    )
    paper = cv2.GaussianBlur(paper, (0, 0), reach / 2)
    flat = cv2.divide(grey, np.maximum(paper, 1), scale=255)
    dark, light = (float(each) for each in np.percentile(flat, (1, 70)))
    stretched = (flat.astype(np.float32) - dark) * (255 / max(1.0, light - dark))
    even: Image = np.clip(stretched, 0, 255).astype(np.uint8)
    return even


def _sharpened(grey: Image, capital_px: int) -> Image:
    flat = _evened(grey, capital_px)
    soft = cv2.GaussianBlur(flat, (0, 0), 0.12 * capital_px)
    return cv2.addWeighted(flat, 3.0, soft, -2.0, 0).astype(np.uint8)


def _thresholded(grey: Image, capital_px: int) -> Image:
    soft = cv2.GaussianBlur(_evened(grey, capital_px), (0, 0), 1.2)
    return cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1].astype(np.uint8)


_WAYS: tuple[tuple[int, Callable[[Image, int], Image]], ...] = (
    (34, _evened),
    (22, _sharpened),
    (34, _sharpened),
    (28, _evened),
    (44, _sharpened),
    (44, _thresholded),
)
"""Height of a capital in px, and how the light is dealt with.

Source: of 24 hard cards of tests/scenes/backs.py the first way reads 9; each next one most of what is left.
"""


def _cut(grey: Image, block: Block) -> Band:
    """Turn the block upright and cut it out with a margin."""
    capital_px = block.length * _CAPITAL_SHARE
    width, height = (round(each + 2 * _MARGIN_CAPITALS * capital_px) for each in (block.length, block.height))
    turn = cv2.getRotationMatrix2D(block.middle, block.degrees, 1.0)
    turn[:, 2] += np.array((width / 2 - block.middle[0], height / 2 - block.middle[1]))
    cut = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return cut.astype(np.uint8), capital_px


def _find_blocks(grey: Image) -> list[Block]:
    """Where two or three long slender lines lie under each other; those with more lines first."""
    scale = min(1.0, _FIELD_PX / grey.shape[1])
    field = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    lines = _lines(field)
    blocks: list[tuple[int, Block]] = []
    for line in sorted(lines, key=lambda each: -each.length):
        fellows = [each for each in lines if _is_beside(line, each)]
        block = _around([line, *fellows])
        if fellows and not any(_covers(other, block) for _, other in blocks):
            blocks.append((len(fellows), block))
    blocks.sort(key=lambda each: -each[0])
    return [block.scaled(1 / scale) for _, block in blocks[:_MOST_BLOCKS]]


def _lines(field: Image) -> list[Block]:
    """Dark print on light, closed along the line until a line is one blob."""
    smooth = cv2.GaussianBlur(field, (0, 0), 1.0)  # grain would join everything
    ink = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, np.ones((15, 25), np.uint8))
    ink = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
    found = []
    for reach in _REACHES_PX:
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
        outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        boxes = [_around_points(each[:, 0].astype(np.float32)) for each in outlines]
        found += [each for each in boxes if _is_line(each, field.shape[1])]
    return found


def _is_line(box: Block, width_px: int) -> bool:
    long = box.length > _LEAST_LINE * width_px
    return long and box.length > _SLENDER * box.height and abs(box.degrees) < _STEEPEST_DEGREES


def _is_beside(line: Block, other: Block) -> bool:
    """Whether two lines are as long, as steep and as near as those of one card."""
    slope = np.deg2rad(line.degrees)
    apart = np.array(other.middle) - line.middle
    along = float(apart @ (np.cos(slope), np.sin(slope))) / line.length
    below = abs(float(apart @ (-np.sin(slope), np.cos(slope)))) / (line.length * _CAPITAL_SHARE)
    alike = 0.7 < other.length / line.length < 1.05 and abs(other.degrees - line.degrees) < 4
    return alike and abs(along) < 0.2 and 1.2 < below < 7


def _covers(block: Block, other: Block) -> bool:
    apart = np.hypot(block.middle[0] - other.middle[0], block.middle[1] - other.middle[1])
    return float(apart) < other.height


def _around(boxes: list[Block]) -> Block:
    return _around_points(np.concatenate([cv2.boxPoints(each.rotated) for each in boxes]).astype(np.float32))


def _around_points(points: Floats) -> Block:
    """The smallest rectangle, its longer side taken as lying."""
    (x, y), (width, height), degrees = cv2.minAreaRect(points)
    if width < height:
        width, height, degrees = height, width, degrees - 90
    return Block((x, y), width, height, (degrees + 90) % 180 - 90)

"""Card faces drawn from nothing: an ID-1 card with its QR code, and where on it the code lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import cv2
import numpy as np
import segno
from PIL import Image, ImageDraw, ImageFont

from kiosk.domain.identity import CitizenLayout
from kiosk.domain.insurance import HealthLayout
from tests import cards

FONT = Path(__file__).resolve().parents[2] / "static/fonts/noto-sans-vi-400.woff2"
CARD_MM = (85.6, 53.98)
"""ISO/IEC 7810 ID-1."""

_HEADINGS = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_PAPER, _INK = 226, 38  # grey levels of the quiet zone and of a dark module: print, not a screen


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of card: its code's version, error correction and side."""

    name: str
    title: str
    version: int
    error: str
    side_mm: float
    bytes_held: range

    @property
    def modules(self) -> int:
        """Modules along a side."""
        return 17 + 4 * self.version


# What fits: ISO/IEC 18004, table 7. What is shorter would have fitted a smaller code.
CCCD = Kind("cccd", "CĂN CƯỚC CÔNG DÂN", 6, "m", side_mm=15.0, bytes_held=range(85, 107))
BHYT = Kind("bhyt", "THẺ BẢO HIỂM Y TẾ", 10, "l", side_mm=20.0, bytes_held=range(231, 272))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Card:
    """A drawn face. Units: `code` is the code's outline in pixels of `face`, top left first, clockwise."""

    face: np.ndarray
    code: np.ndarray
    payload: bytes


def draw_card(kind: Kind, px_per_mm: float, rng: np.random.Generator) -> Card:
    """Draw one card of a person who does not exist."""
    payload = _payload(kind, Random(int(rng.integers(2**32))))
    face = _face(kind, px_per_mm, rng)
    side = round(kind.side_mm * px_per_mm)
    quiet = round(2 * kind.side_mm / kind.modules * px_per_mm)
    left = round((CARD_MM[0] - kind.side_mm - 5) * px_per_mm)
    top = round((4 if kind is CCCD else 26) * px_per_mm)
    face[top - quiet : top + side + quiet, left - quiet : left + side + quiet] = _PAPER
    face[top : top + side, left : left + side] = _code(kind, payload, side)
    edges = ((left, top), (left + side, top), (left + side, top + side), (left, top + side))
    return Card(face, np.array(edges, np.float32), payload)


def _payload(kind: Kind, rng: Random) -> bytes:
    while True:
        if kind is CCCD:
            text = cards.citizen_card(rng, CitizenLayout.CCCD_7).to_qr()
        else:
            text = cards.health_card(rng, HealthLayout.BHYT_15).to_qr()
        if len(payload := text.encode()) in kind.bytes_held:
            return payload


def _code(kind: Kind, payload: bytes, side: int) -> np.ndarray:
    made = segno.make(payload, version=kind.version, error=kind.error, mode="byte", boost_error=False)
    dark = np.array([list(row) for row in made.matrix]) == 1
    grey = np.where(dark, _INK, _PAPER).astype(np.uint8)
    return cv2.resize(grey, (side, side), interpolation=cv2.INTER_NEAREST)


def _face(kind: Kind, px_per_mm: float, rng: np.random.Generator) -> np.ndarray:
    width, height = (round(mm * px_per_mm) for mm in CARD_MM)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / px_per_mm
    waves = np.sin(3.1 * x + 2 * np.sin(0.5 * y + rng.uniform(0, 6))) + np.sin(2.3 * y + 3 * np.sin(0.3 * x))
    picture = Image.fromarray(np.clip(205 + 9 * waves, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)

    def write(mm_x: float, mm_y: float, text: str, mm: float) -> None:
        pen.text((mm_x * px_per_mm, mm_y * px_per_mm), text, fill=60, font=_font(round(mm * px_per_mm)))

    write(18, 2, _HEADINGS[0], 2.3)
    write(26, 5.5, _HEADINGS[1], 2.0)
    write(22, 9.5, kind.title, 3.4)
    for line in range(6):
        write(27, 21 + 5 * line, "Họ, chữ đệm và tên: NGUYỄN VĂN MẪU", 2.0)
    _photo(picture, px_per_mm, rng)
    return np.array(picture)


def _photo(picture: Image.Image, px_per_mm: float, rng: np.random.Generator) -> None:
    """A blotch with the light and shade of a portrait."""
    small = cv2.GaussianBlur(rng.uniform(40, 200, (24, 18)).astype(np.float32), (0, 0), 2)
    size = (round(18 * px_per_mm), round(24 * px_per_mm))
    spread = cv2.normalize(small, np.empty_like(small), 50, 190, cv2.NORM_MINMAX)
    picture.paste(
        Image.fromarray(cv2.resize(spread, size).astype(np.uint8)),
        (round(4 * px_per_mm), round(22 * px_per_mm)),
    )


@cache
def _font(height_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, max(height_px, 4))

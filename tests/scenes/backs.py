"""The back of a citizen card on a desk, photographed badly: to each strain a number. Nobody is on them.

OCR-B is not free to ship. The lines are set at its pitch and height in DejaVu Sans Mono where Debian has it,
and else in the station's own Noto Sans, character by character.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import PersonalId, Sex
from kiosk.domain.mrz import card_lines
from kiosk.domain.names import name_key
from tests import cards
from tests.scenes.cards import CARD_MM, FONT

MONO = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")
TODAY = date(2026, 11, 22)
_FINE = 20.0  # px of the drawn face a millimetre
_PITCH_MM, _CAPITAL_MM, _LINE_MM = 2.54, 2.5, 6.2
"""Source: ICAO Doc 9303 part 3 for the pitch; height and spacing by eye."""


@dataclass(frozen=True, slots=True)
class Strain:
    """What the camera must bear; the defaults are the base scene.

    Units: `card_px` width of the card in the frame; tilt and turn in degrees; defocus a disk's radius and
           motion a line's length, both in px of the frame; noise in grey levels; light as a factor.
    """

    card_px: int = 1190
    frame: tuple[int, int] = (1920, 1080)
    turn: float = 2.0
    tilt: float = 4.0
    defocus: float = 0.0
    motion: float = 0.0
    noise: float = 3.0
    light: float = 1.0
    jpeg: int = 85
    mono: bool = True


BASE = Strain()
GRID: dict[str, Strain] = (
    {f"card {px} px": replace(BASE, card_px=px) for px in (480, 560, 700, 850, 1190, 1600)}
    | {"4K, card 2400 px": replace(BASE, card_px=2400, frame=(3840, 2160))}
    | {f"turn {degrees:g}": replace(BASE, turn=degrees) for degrees in (0, 8, 15)}
    | {f"tilt {degrees:g}": replace(BASE, tilt=degrees) for degrees in (10, 18)}
    | {f"defocus {px:g} px": replace(BASE, defocus=px) for px in (2, 3.5, 5)}
    | {f"motion {px:g} px": replace(BASE, motion=px) for px in (5, 9)}
    | {
        f"noise {grey}, light x{light:g}": replace(BASE, noise=grey, light=light)
        for grey, light in ((12, 0.6), (15, 0.3))
    }
    | {
        "jpeg 30": replace(BASE, jpeg=30),
        "upside down": replace(BASE, turn=180),
        "Noto Sans": replace(BASE, mono=False),
    }
    | {"all of it": Strain(card_px=900, turn=5, tilt=8, defocus=1.5, motion=2, noise=8, light=0.6, jpeg=60)}
)
"""The fixed grid of the benchmark."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Back:
    """One photograph and what is truly on the card. Shape: `image` is in colour; `name` has no marks."""

    image: np.ndarray
    lines: tuple[str, ...]
    personal_id: str
    born: str
    sex: Sex
    ends: str
    name: str


def shoot(strain: Strain, rng: np.random.Generator) -> Back:
    """Lay one card on a desk and photograph it."""
    born = PartialDate(int(rng.integers(1950, 2008)), *_day(rng))
    ends = PartialDate(int(rng.integers(2027, 2060)), *_day(rng))
    sex = Sex.FEMALE if rng.random() < 0.5 else Sex.MALE
    century = 2 * (born.year // 100 - 19) + (sex is Sex.FEMALE)
    number = f"0{rng.integers(10, 97)}{century}{born.year % 100:02d}{rng.integers(0, 1_000_000):06d}"
    name = cards.name(Random(int(rng.integers(1 << 32))))
    lines = card_lines(PersonalId(number), born, sex, ends, name)
    seen = _photograph(_face(lines, MONO if strain.mono and MONO.exists() else FONT), strain, rng)
    return Back(seen, lines, number, born.iso(), sex, ends.iso(), name_key(name))


def _day(rng: np.random.Generator) -> tuple[int, int]:
    return int(rng.integers(1, 13)), int(rng.integers(1, 29))


def _face(lines: tuple[str, ...], font: Path) -> np.ndarray:
    width, height = (round(mm * _FINE) for mm in CARD_MM)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / _FINE
    waves = np.sin(3.1 * x + 2 * np.sin(0.5 * y)) + np.sin(2.3 * y + 3 * np.sin(0.3 * x))
    picture = Image.fromarray(np.clip(208 + 7 * waves, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    pen.rectangle([7 * _FINE, 11 * _FINE, 20 * _FINE, 23 * _FINE], fill=150, outline=90, width=6)
    for left in (54, 69):
        for inset in np.arange(0, 5.5, 0.9):
            box = [left + inset, 8 + inset, left + 12 - inset, 22 - inset]
            pen.ellipse([each * _FINE for each in box], outline=110, width=6)
    small, tall = _font(FONT, 2.0), _font(font, _em_mm(font))
    pen.text((5 * _FINE, 3 * _FINE), "Đặc điểm nhận dạng / Personal identification:", fill=70, font=small)
    pen.text((5 * _FINE, 6.5 * _FINE), "Nốt ruồi C: 2 cm dưới trước đuôi mắt trái", fill=60, font=small)
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            at = (CARD_MM[0] - 30 * _PITCH_MM) / 2 + (column + 0.5) * _PITCH_MM, 37.6 + row * _LINE_MM
            pen.text((at[0] * _FINE, at[1] * _FINE), letter, fill=42, font=tall, anchor="ms")
    return np.array(picture)


@cache
def _em_mm(font: Path) -> float:
    """The size at which a capital is as high as OCR-B's."""
    _, top, _, bottom = ImageFont.truetype(font, 1000).getbbox("H")
    return _CAPITAL_MM * 1000 / (bottom - top)


@cache
def _font(path: Path, size_mm: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, round(size_mm * _FINE))


def _photograph(face: np.ndarray, strain: Strain, rng: np.random.Generator) -> np.ndarray:
    scale = strain.card_px / face.shape[1]
    face = cv2.GaussianBlur(face, (0, 0), max(0.4 / scale, 0.01))
    desk = np.full(strain.frame[::-1], rng.uniform(40, 110), np.float32)
    place = _place(face.shape[::-1], strain, rng)
    seen = cv2.warpPerspective(face, place, strain.frame, flags=cv2.INTER_LINEAR).astype(np.float32)
    cover = cv2.warpPerspective(np.full_like(face, 255), place, strain.frame).astype(np.float32) / 255
    frame = desk * (1 - cover) + seen * cover
    for spread in (_disk(strain.defocus), _line(strain.motion, rng.uniform(0, np.pi))):
        if spread is not None:
            frame = cv2.filter2D(frame, -1, spread)
    falloff = 1 + np.linspace(-0.15, 0.15, strain.frame[0], dtype=np.float32)[None] * rng.uniform(-1, 1)
    frame = frame * falloff * strain.light + rng.normal(0, strain.noise, frame.shape)
    grey = np.clip(frame, 0, 255).astype(np.uint8)
    packed = cv2.imencode(
        ".jpg", cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), [cv2.IMWRITE_JPEG_QUALITY, strain.jpeg]
    )[1]
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)


def _place(size: tuple[int, int], strain: Strain, rng: np.random.Generator) -> np.ndarray:
    """From px of the face to px of the frame: turned and tilted about the middle, and moved a little."""
    width, height = size
    flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    centred = np.column_stack([flat - (width / 2, height / 2), np.zeros(4)]) / width  # card widths
    axis, sign = rng.uniform(0, 2 * np.pi), rng.choice([-1, 1])
    turn = cv2.Rodrigues(np.array([0, 0, np.deg2rad(strain.turn * sign)]))[0]
    lean = cv2.Rodrigues(np.deg2rad(strain.tilt) * np.array([np.cos(axis), np.sin(axis), 0]))[0]
    space = centred @ (lean @ turn).T
    seen = space[:, :2] * strain.card_px * (4 / (4 + space[:, 2:]))  # the lens is four card widths away
    room = (np.array(strain.frame) - np.ptp(seen, axis=0)) / 2
    shift = np.array(strain.frame) / 2 + rng.uniform(-0.6, 0.6, 2) * np.clip(room, 0, None)
    return cv2.getPerspectiveTransform(flat, np.float32(seen + shift))


def _disk(radius: float) -> np.ndarray | None:
    if not radius:
        return None
    half = int(np.ceil(radius)) + 1
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    share = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return share / share.sum()


def _line(length: float, angle: float) -> np.ndarray | None:
    if not length:
        return None
    half = int(np.ceil(length / 2)) + 1
    share = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    for step in np.linspace(-length / 2, length / 2, 64):
        share[round(half + step * np.sin(angle)), round(half + step * np.cos(angle))] += 1
    return share / share.sum()

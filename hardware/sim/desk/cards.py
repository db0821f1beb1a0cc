"""Cards of people who do not exist: the citizen card and the health card, with an ornament of our own."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np

from hardware.protocols import Image
from hardware.sim.desk.easel import Floats
from hardware.sim.desk.ink import Colour, Sheet
from hardware.sim.desk.portrait import passport_photo
from hardware.sim.desk.things import CardFace

CARD_MM = (85.6, 53.98)
"""Source: ISO/IEC 7810, ID-1."""

RED: Colour = (190, 40, 44)
GREY: Colour = (92, 96, 108)
BLUE: Colour = (24, 72, 138)
GOLD: Colour = (206, 164, 74)

MRZ_PITCH_MM, MRZ_CAPITAL_MM, MRZ_LINE_MM = 2.54, 2.5, 6.2
"""Source: ICAO Doc 9303 part 3, ten characters an inch; the height is OCR-B's, the spacing by eye."""

CAPITAL_SHARE = 0.714  # of the em, in Noto Sans


def citizen_card(card: CardFace, fonts: Path, px_per_mm: float) -> Image:
    """Draw the front of a citizen card: photograph left, code in the upper right corner, lines between."""
    sheet = Sheet(_plastic(px_per_mm, ((206, 226, 196), (196, 214, 236))), px_per_mm, fonts)
    sheet.star((10.5, 10.5), 6.2, (214, 170, 60), points=12)
    sheet.ring((10.5, 10.5), 6.6, (196, 150, 50), 0.35)
    sheet.star((10.5, 10.5), 3.4, (186, 52, 48))
    sheet.text((42, 6.4), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 2.15, bold=True, anchor="ms")
    sheet.text((42, 9.2), "Độc lập - Tự do - Hạnh phúc", 2.0, bold=True, anchor="ms")
    sheet.text((42, 14.6), "CĂN CƯỚC CÔNG DÂN", 3.9, bold=True, ink=RED, anchor="ms")
    sheet.text((42, 17.3), "Citizen Identity Card · bản mẫu, không có giá trị", 1.6, ink=GREY, anchor="ms")
    sheet.code((67.4, 3.4), 15.6, card.qr, error="m")
    if card.face is not None:
        sheet.paste(passport_photo(card.face, round(25.6 * px_per_mm)), (4.2, 20.4), (19.2, 25.6))
    number, *others = card.lines
    end = sheet.text((26.6, 23.6), f"{number[0]}:", 1.9, ink=GREY)
    sheet.text((end + 2.5, 23.6), number[1], 3.7, bold=True, ink=RED)
    _lines(sheet, tuple(others), (26.6, 24.6), 51.4)
    _specimen(sheet, (232, 236, 230))
    return sheet.done()


def citizen_card_back(lines: tuple[str, ...], fonts: Path, px_per_mm: float) -> Image:
    """Draw the back of a citizen card: chip, ovals where fingerprints would be, machine-readable lines.

    Shape: Noto Sans set character by character at OCR-B's pitch, because OCR-B itself is not shipped.
    """
    sheet = Sheet(_plastic(px_per_mm, ((224, 222, 200), (206, 218, 232))), px_per_mm, fonts)
    sheet.text((5, 5.2), "Đặc điểm nhận dạng / Personal identification", 1.9, ink=GREY)
    sheet.text((5, 8.4), "Bản mẫu, không có giá trị", 2.3, bold=True)
    _chip(sheet, (7.0, 11.5))
    sheet.text((24, 14.4), "Ngày, tháng, năm / Date, month, year", 1.5, ink=GREY)
    sheet.text((24, 20.6), "CỤC TRƯỞNG (MẪU)", 2.0, bold=True)
    for middle in (59.0, 74.0):
        for radius in np.arange(1.0, 6.0, 0.8):
            sheet.ring((middle, 14.0), float(radius), GREY, 0.22)
        sheet.text((middle, 24.2), "ngón trỏ", 1.7, ink=GREY, anchor="ms")
    bottom = CARD_MM[1] - 4.0
    for number, line in enumerate(reversed(lines)):
        _spaced(sheet, line, bottom - number * MRZ_LINE_MM)
    return sheet.done()


def health_card(card: CardFace, fonts: Path, px_per_mm: float) -> Image:
    """Draw a health card: paper, blue, the code in the lower right corner."""
    sheet = Sheet(_paper_card(px_per_mm), px_per_mm, fonts)
    sheet.ring((8.6, 8.4), 5.0, BLUE, 0.5)
    sheet.star((8.6, 8.4), 3.6, BLUE, points=8)
    sheet.text((16, 6.8), "BẢO HIỂM XÃ HỘI VIỆT NAM", 2.6, bold=True, ink=BLUE)
    sheet.text((16, 12.4), "THẺ BẢO HIỂM Y TẾ", 4.3, bold=True, ink=RED)
    sheet.text((81.6, 6.6), "bản mẫu", 1.7, ink=GREY, anchor="rs")
    sheet.rule((4, 15.2), (81.6, 15.2), BLUE, 0.25)
    number, *others = card.lines
    end = sheet.text((4.4, 20.2), f"{number[0]}:", 2.3, ink=GREY)
    sheet.text((end + 2.5, 20.2), number[1], 3.5, bold=True)
    sheet.code((60.2, 27.2), 22.8, card.qr, error="l")
    _lines(sheet, tuple(others), (4.4, 21.6), 50.0)
    return sheet.done()


def _spaced(sheet: Sheet, line: str, baseline: float) -> None:
    """Set one line on the fixed grid of the machine-readable zone."""
    left = (CARD_MM[0] - len(line) * MRZ_PITCH_MM) / 2
    for number, letter in enumerate(line):
        middle = left + (number + 0.5) * MRZ_PITCH_MM
        sheet.text((middle, baseline), letter, MRZ_CAPITAL_MM / CAPITAL_SHARE, anchor="ms")


def _chip(sheet: Sheet, at: tuple[float, float]) -> None:
    """Draw the contacts of a chip: a golden field cut by lines. Source: ISO/IEC 7816-2, about 13 x 12 mm."""
    left, top = at
    right, bottom = left + 13.0, top + 11.8
    sheet.rule((left, (top + bottom) / 2), (right, (top + bottom) / 2), GOLD, bottom - top)
    for share in (0.25, 0.5, 0.75):
        y = top + share * (bottom - top)
        sheet.rule((left, y), (right, y), GREY, 0.25)
    for share in (0.33, 0.67):
        x = left + share * (right - left)
        sheet.rule((x, top), (x, bottom), GREY, 0.25)


def _lines(sheet: Sheet, lines: tuple[tuple[str, str], ...], at: tuple[float, float], bottom: float) -> None:
    """Spread label and value over the height that is left; a long value takes a second line."""
    left, top = at
    right = 59.0 if left < 20 else 82.6
    rows: list[tuple[str, str]] = []
    for label, value in lines:
        first, *more = _wrapped(sheet, label, value, right - left)
        rows += [(f"{label}:", first), *(("", each) for each in more)]
    step = min(4.2, (bottom - top) / max(1, len(rows)))
    for number, (label, value) in enumerate(rows, 1):
        y = top + number * step
        start = left
        if label:
            start = sheet.text((left, y), label, 1.75, ink=GREY) + 1.2
        sheet.text((start, y), value, 2.45, bold=True)


def _wrapped(sheet: Sheet, label: str, value: str, width: float) -> list[str]:
    room = width - sheet.length(f"{label}:", 1.75) - 1.2
    if sheet.length(value, 2.45, bold=True) <= room:
        return [value]
    words = value.split()
    fits = next(
        (n for n in range(len(words), 0, -1) if sheet.length(" ".join(words[:n]), 2.45, bold=True) <= room), 1
    )
    return [" ".join(words[:fits]), *sheet.wrapped(" ".join(words[fits:]), 2.45, width)]


def _mesh(px_per_mm: float) -> tuple[Floats, Floats]:
    """Where on the card each pixel lies, 0 to 1."""
    wide, high = (np.linspace(0, 1, round(mm * px_per_mm), dtype=np.float32) for mm in CARD_MM)
    y, x = np.meshgrid(high, wide, indexing="ij")
    return x, y


def _plastic(px_per_mm: float, ends: tuple[Colour, Colour]) -> Image:
    """Two colours that run into each other, under fine wavy lines."""
    x, y = _mesh(px_per_mm)
    blend = np.clip(0.5 + 0.5 * np.tanh(3 * (x - 0.5 + 0.2 * (y - 0.5))), 0, 1)[..., None]
    left, right = (np.array(each[::-1], np.float32) for each in ends)
    colour = left + (right - left) * blend
    waves = np.sin(150 * (y + 0.05 * np.sin(9 * x))) + np.sin(190 * (x + 0.04 * np.sin(7 * y + 2)))
    far = np.hypot((x - 0.62) * CARD_MM[0] / CARD_MM[1], y - 0.62)
    rosette = np.sin(110 * far + 3 * np.sin(12 * np.arctan2(y - 0.62, x - 0.62))) * np.exp(-6 * far**2)
    return cast(
        Image, np.clip(colour + 8 + 3.2 * waves[..., None] - 5 * rosette[..., None], 0, 255).astype(np.uint8)
    )


def _paper_card(px_per_mm: float) -> Image:
    x, y = _mesh(px_per_mm)
    waves = np.sin(120 * (y + 0.06 * np.sin(6 * x))) * np.sin(90 * (x + 0.05 * np.sin(8 * y)))
    shade = np.clip(np.abs(y - 0.45) * 1.1, 0, 1)
    colour = np.stack([246 - 4 * shade, 232 - 22 * shade, 222 - 40 * shade], axis=2) + 3 * waves[..., None]
    card: Image = np.clip(colour, 0, 255).astype(np.uint8)
    card[y > 0.965] = (150, 96, 40)
    return card


def _specimen(sheet: Sheet, ink: Colour) -> None:
    """Say across the photograph that this is nobody's card."""
    sheet.text((13.8, 44.6), "MẪU", 5.2, bold=True, ink=ink, anchor="ms")

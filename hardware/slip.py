"""The look of a slip: how each block of it is set on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import segno
from PIL import Image

from hardware.protocols import Block, Code, Entry, Paragraph, Rule, Slip, Title
from hardware.sheet import Font, Sheet, line_height, typeface

REGULAR, BOLD = "noto-sans-vi-400.woff2", "noto-sans-vi-700.woff2"

_QUIET_MODULES = 4  # blank border of a QR code; ISO/IEC 18004
_MODULE_DOTS = 8  # 1 mm at most: on an A4 mat a 1920 px camera gives it six pixels
_LEAST_MODULE_DOTS = 3  # what printers' own QR command starts from (ESC/POS, GS ( k, function 167)


def draw_slip(slip: Slip, width_dots: int, fonts: Path) -> Image.Image:
    """Draw the blocks one under the other.

    Shape:  a picture of mode "1", `width_dots` wide, as high as it must be.
    Units:  dots; thermal printers have 8 to the millimetre.
    Errors: OSError when the fonts are not in `fonts`; ValueError when a code does not fit the paper.
    """
    look = _WIDE if width_dots >= _WIDE.least_width else _NARROW
    sheet = Sheet(width_dots, margin=look.margin, y=look.gap)
    for block in slip.blocks:
        _set(block, sheet, look, fonts)
    sheet.skip(look.gap)
    return sheet.picture()


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes for one kind of paper.

    Units:  dots; 28 are 10 points, 34 are 12 points.
    Source: tests/bench/printing.py, which reads five receipts of each width back with tesseract.
    """

    least_width: int
    margin: int
    gap: int
    title: int
    label: int
    value: int
    large: int
    text: int


_WIDE = _Look(least_width=512, margin=18, gap=16, title=46, label=28, value=36, large=72, text=30)
_NARROW = _Look(least_width=0, margin=8, gap=12, title=38, label=25, value=31, large=60, text=27)


def _set(block: Block, sheet: Sheet, look: _Look, fonts: Path) -> None:
    match block:
        case Title(text):
            _title(text, sheet, look, fonts)
        case Entry(label, value, large=True):
            _headline(label, value, sheet, look, fonts)
        case Entry(label, value):
            _entry(label, value, sheet, look, fonts)
        case Paragraph(text):
            sheet.write(text, typeface(fonts / REGULAR, look.text))
            sheet.skip(look.gap // 2)
        case Rule():
            _rule(sheet, look)
        case Code(text, caption):
            _code(text, sheet)
            sheet.write(caption, typeface(fonts / REGULAR, look.label), centred=True)
            sheet.skip(look.gap)


def _title(text: str, sheet: Sheet, look: _Look, fonts: Path) -> None:
    """Bold, centred, underlined by a short stroke as on the papers of an office."""
    sheet.write(text, _largest(text, fonts, look.title, sheet.column), centred=True)
    stroke = sheet.column // 3
    sheet.box((sheet.width - stroke) // 2, 4, stroke, 3)
    sheet.skip(2 * look.gap)


def _headline(label: str, value: str, sheet: Sheet, look: _Look, fonts: Path) -> None:
    """The one thing to find at a glance.

    Source: tests/bench/printing.py; tesseract drops a line beside one of more than twice its size, so the
            label is set larger too.
    """
    sheet.write(label, typeface(fonts / REGULAR, look.large // 2), centred=True)
    sheet.write(value, _largest(value, fonts, look.large, sheet.column), centred=True)
    sheet.skip(look.gap)


def _entry(label: str, value: str, sheet: Sheet, look: _Look, fonts: Path) -> None:
    """Side by side where both fit on one line; otherwise the value under its label."""
    small, strong = typeface(fonts / REGULAR, look.label), typeface(fonts / BOLD, look.value)
    one_row = "\n" not in label + value  # the width of two rows cannot be asked for
    value_width = round(strong.getlength(value)) if one_row else sheet.column
    if one_row and small.getlength(label) + look.value + value_width <= sheet.column:
        sheet.put(label, small, sheet.margin, drop=strong.getmetrics()[0] - small.getmetrics()[0])
        sheet.put(value, strong, sheet.width - sheet.margin - value_width)
        sheet.skip(line_height(strong))
    else:
        sheet.write(label, small)
        sheet.write(value, strong)
    sheet.skip(look.gap)


def _rule(sheet: Sheet, look: _Look) -> None:
    """Dashes from margin to margin, the last one whole."""
    dash, gaps = 6, sheet.column // 12 - 1
    sheet.skip(look.gap // 2)
    for at in range(gaps + 1):
        sheet.box(sheet.margin + (sheet.column - dash) * at // gaps, 0, dash, 2)
    sheet.skip(look.gap + 2)


def _code(text: str, sheet: Sheet) -> None:
    """A QR code in whole dots, its quiet zone inside the paper."""
    matrix = segno.make_qr(text, error="m").matrix
    across = len(matrix) + 2 * _QUIET_MODULES
    size = min(_MODULE_DOTS, sheet.width // across)
    if size < _LEAST_MODULE_DOTS:
        raise ValueError(f"a code of {len(matrix)} modules does not fit {sheet.width} dots")
    left = (sheet.width - len(matrix) * size) // 2
    sheet.skip(_QUIET_MODULES * size)
    for row in matrix:
        for at, dark in enumerate(row):
            if dark:
                sheet.box(left + at * size, 0, size, size)
        sheet.skip(size)
    sheet.skip(_QUIET_MODULES * size)


def _largest(text: str, fonts: Path, size: int, width: int) -> Font:
    """The bold size, at most `size` and at least two thirds of it, at which each line is one row."""
    least = size * 2 // 3
    text = max(text.split("\n"), key=len)
    fitting = int(size * width / max(1, typeface(fonts / BOLD, size).getlength(text)))
    for smaller in range(min(size, fitting), least, -1):  # hinted widths are not quite in proportion
        font = typeface(fonts / BOLD, smaller)
        if font.getlength(text) <= width:
            return font
    return typeface(fonts / BOLD, least)

"""Mẫu số 01 on an A4 page, from the sealed answers' "paper": the same at the station and at central.

Shape:  docs of the lines are in kiosk/domain/paper.py; everything is drawn in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from PIL import Image

MARGIN_MM = 16.0
WIDTH_MM = 210.0 - 2 * MARGIN_MM
PORTRAIT_MM = (30.0, 40.0)
"""A photograph of 3 by 4 cm, as the form has it."""

_DOTS = "." * 60
_NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_FONT = "noto"


class BadPaper(ValueError):
    """These are not the words of a form; the message names no answer."""


def draw_paper(
    paper: Mapping[str, Any], portrait: bytes | None, fonts: Path, at: datetime, mark: str = ""
) -> bytes:
    """Draw the form as PDF, its font embedded.

    Shape:  `portrait` is a JPEG or None; `fonts` the folder of the woff2 files; `at` the time of drawing;
            `mark` stands across every page.
    Errors: BadPaper; OSError when the fonts are not there.
    """
    if paper.get("v") != 1:
        raise BadPaper("a version of the form that this program does not know")
    page = _Page(fonts, str(paper.get("title")), at, mark)
    try:
        _top(page, paper, portrait)
        _body(page, paper)
        _bottom(page, paper)
        return bytes(page.output())
    except (KeyError, TypeError, ValueError) as why:
        raise BadPaper("words of the form are missing") from why
    finally:
        page.close_fonts()


class _Page(FPDF):
    """An A4 page with our font and a few ways to write on it."""

    def __init__(self, fonts: Path, title: str, at: datetime, mark: str) -> None:
        self._mark = mark
        super().__init__(format="A4")
        self.add_font(_FONT, "", str(fonts / "noto-sans-vi-400.woff2"))
        self.add_font(_FONT, "B", str(fonts / "noto-sans-vi-700.woff2"))
        self.set_margin(MARGIN_MM)
        self.set_auto_page_break(True, 12)  # noqa: FBT003 - fpdf2's own argument
        self.set_lang("vi")
        self.set_title(title)
        self.set_creation_date(at)
        self.set_creator("")
        self.set_producer("")
        self.add_page()

    def header(self) -> None:
        """Called by fpdf2 on every new page."""
        if self._mark:
            self.set_font(_FONT, "B", 72)
            self.set_text_color(232, 168, 168)
            with self.rotation(45, self.w / 2, self.h / 2):
                self.text((self.w - self.get_string_width(self._mark)) / 2, self.h / 2, self._mark)
            self.set_text_color(0)

    def close_fonts(self) -> None:
        """Let go of the files that fpdf2 keeps open until a page is out."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def write_line(self, text: str, size: float = 10, *, style: str = "", align: str = "L") -> None:
        """Write one paragraph over the whole width."""
        self.set_font(_FONT, style, size)
        self.multi_cell(WIDTH_MM, size * 0.5, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def write_pair(self, label: str, value: str) -> None:
        """Write a label and, in bold, what stands on its line; dots where nothing does."""
        self.set_font(_FONT, "", 10)
        self.write(4.7, f"{label}: " if label else "")
        self.set_font(_FONT, "B" if label and value else "", 10)
        self.write(4.7, value or _DOTS)
        self.ln(4.9)


def _top(page: _Page, paper: Mapping[str, Any], portrait: bytes | None) -> None:
    width, height = PORTRAIT_MM
    top = page.get_y()
    if portrait:
        _put_portrait(page, portrait, top)
    else:
        page.rect(MARGIN_MM, top, width, height)
        page.set_font(_FONT, "", 9)
        page.set_xy(MARGIN_MM, top + height / 2 - 3)
        page.cell(width, 6, "Ảnh cá nhân", align="C")
    page.set_xy(MARGIN_MM, top)
    page.write_line(paper["number"], 9, align="R")
    page.write_line(_NATION[0], 11, style="B", align="R")
    page.write_line(_NATION[1], 11, style="B", align="R")
    page.write_line(paper["place_and_day"], 10, align="R")
    if paper["note"]:
        page.write_line(paper["note"], 9, align="R")
    page.set_xy(MARGIN_MM, top + height + 4)
    page.write_line(paper["title"], 15, style="B", align="C")
    page.write_line(paper["subtitle"], 11, style="B", align="C")
    page.ln(2)
    page.write_line(paper["addressee"], 11, align="C")
    page.ln(2)


def _put_portrait(page: _Page, jpeg: bytes, top: float) -> None:
    """Fill its frame with the middle of the photograph, where the station's camera had the face."""
    width, height = PORTRAIT_MM
    with Image.open(BytesIO(jpeg)) as photograph:
        pixels = photograph.size
    scale = max(width / pixels[0], height / pixels[1])
    w, h = pixels[0] * scale, pixels[1] * scale
    with page.rect_clip(MARGIN_MM, top, width, height):
        left, above = MARGIN_MM - (w - width) / 2, top - (h - height) / 2
        page.image(BytesIO(jpeg), left, above, w, h, alt_text="Ảnh cá nhân")


def _body(page: _Page, paper: Mapping[str, Any]) -> None:
    for label, value in paper["head"]:
        page.write_pair(label, value)
    page.ln(1)
    page.write_line(paper["basis"])
    for section in paper["sections"]:
        page.ln(1)
        page.write_line(section["title"], style="B")
        for label, value in section["lines"]:
            page.write_pair(label, value)


def _bottom(page: _Page, paper: Mapping[str, Any]) -> None:
    page.ln(2)
    page.write_line(paper["pledge"])
    page.ln(2)
    page.set_x(MARGIN_MM + WIDTH_MM / 2)
    page.set_font(_FONT, "B", 10.5)
    page.cell(WIDTH_MM / 2, 6, paper["signature"], align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(8)
    page.set_x(MARGIN_MM + WIDTH_MM / 2)
    page.cell(WIDTH_MM / 2, 6, paper["signed_by"], align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(3)
    for line in paper["footer"]:
        page.write_line(line, 8.5)

"""Draws the mat for printing."""

from __future__ import annotations

from pathlib import Path

from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont
from PIL.Image import Image as Picture

from kiosk.vision.mat import DARK, LIGHT, QUIET, MatLayout, draw_tag

_DPI = 200
_PAPERS_MM = {"a3": ((297.0, 210.0), (210.0, 148.0)), "a4": ((210.0, 148.0), (85.6, 54.0))}
"""Where papers go, for the eye: A4 and A5 on the A3 mat, A5 and cards on the A4 mat."""
_TITLE = "Đặt giấy vào giữa, trong bốn dấu"


def draw_mat(layout: MatLayout, font: Path) -> Picture:
    """Draw the mat at the size it is printed."""
    scale = _DPI / 25.4
    size = (round(layout.width * scale), round(layout.height * scale))
    mat = Pictures.new("RGB", size, DARK[::-1])
    pen = ImageDraw.Draw(mat)
    for number, corners in enumerate(layout.tags(), layout.first_id):
        _tag(mat, number, corners[0], layout.tag, scale)
    for paper in _PAPERS_MM[layout.name]:
        _corner_marks(pen, layout, paper, scale)
    letters = ImageFont.truetype(str(font), round(6 * scale))
    pen.text((size[0] / 2, 4 * scale), _TITLE, fill=(120, 120, 120), font=letters, anchor="mt")
    return mat


def save_pdf(mat: Picture, path: Path) -> None:
    """Write one page at true size. Print it without scaling ("Actual size")."""
    mat.save(path, "PDF", resolution=float(_DPI), quality=92)


def _tag(mat: Picture, number: int, start: object, side_mm: float, scale: float) -> None:
    left, top = (float(v) * scale for v in start)  # type: ignore[attr-defined]
    side, quiet = round(side_mm * scale), round(side_mm * QUIET * scale)
    pad = Pictures.new("RGB", (side + 2 * quiet,) * 2, LIGHT)
    pad.paste(Pictures.fromarray(draw_tag(number, side)), (quiet, quiet))
    mat.paste(pad, (round(left) - quiet, round(top) - quiet))


def _corner_marks(
    pen: ImageDraw.ImageDraw, layout: MatLayout, paper_mm: tuple[float, float], scale: float
) -> None:
    """Mark where a paper's corners go: short thin lines, too short to pass for an edge."""
    width, height = paper_mm
    left, top = (layout.width - width) / 2, (layout.height - height) / 2
    for x, right in ((left, 1), (left + width, -1)):
        for y, down in ((top, 1), (top + height, -1)):
            at = (x * scale, y * scale)
            pen.line((at, ((x + 7 * right) * scale, y * scale)), fill=(105, 105, 105), width=3)
            pen.line((at, (x * scale, (y + 7 * down) * scale)), fill=(105, 105, 105), width=3)

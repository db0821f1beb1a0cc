"""Print on a flat sheet, measured in millimetres: text, rules and QR codes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from hardware.protocols import Image

Colour = tuple[int, int, int]
"""Red, green, blue."""

BLACK: Colour = (34, 34, 38)
QUIET_MODULES = 2  # the standard asks for 4, real cards are printed with about 2, readers cope


class Sheet:
    """A flat print being made. Units: every position and size is in millimetres from the top left corner."""

    def __init__(self, background: Image, px_per_mm: float, fonts: Path) -> None:
        self.px_per_mm, self._fonts = px_per_mm, fonts
        self.picture = Pillow.fromarray(cv2.cvtColor(background, cv2.COLOR_BGR2RGB))
        self._draw = ImageDraw.Draw(self.picture)

    @property
    def width(self) -> float:
        """Of the sheet."""
        return self.picture.width / self.px_per_mm

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: float,
        *,
        bold: bool = False,
        ink: Colour = BLACK,
        anchor: str = "ls",
    ) -> float:
        """Set one line and return where it ends. Shape: `anchor` is Pillow's. Units: `size` is the em."""
        font = self._font(size, bold)
        self._draw.text(self._px(at), words, font=font, fill=ink, anchor=anchor)
        return at[0] + self.length(words, size, bold=bold)

    def length(self, words: str, size: float, *, bold: bool = False) -> float:
        """How long a line of these words is."""
        return self._font(size, bold).getlength(words) / self.px_per_mm

    def wrapped(self, words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """Cut words into lines that fit."""
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.length(longer, size, bold=bold) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], ink: Colour, thick: float = 0.2
    ) -> None:
        """Draw a straight line."""
        self._draw.line(
            [self._px(start), self._px(end)], fill=ink, width=max(1, round(thick * self.px_per_mm))
        )

    def dots(self, at: tuple[float, float], width: float, ink: Colour = (150, 146, 140)) -> None:
        """Draw the dotted line that a form is filled in on."""
        for x in np.arange(at[0], at[0] + width, 0.9):
            self._draw.ellipse([*self._px((x, at[1])), *self._px((x + 0.22, at[1] + 0.22))], fill=ink)

    def star(self, centre: tuple[float, float], radius: float, ink: Colour, points: int = 5) -> None:
        """Draw a plain star: the ornament that stands where a card has an emblem."""
        turns = np.arange(2 * points) * np.pi / points - np.pi / 2
        reach = np.where(np.arange(2 * points) % 2, 0.4, 1.0) * radius
        corners = zip(centre[0] + reach * np.cos(turns), centre[1] + reach * np.sin(turns), strict=True)
        self._draw.polygon([self._px(each) for each in corners], fill=ink)

    def ring(self, centre: tuple[float, float], radius: float, ink: Colour, thick: float) -> None:
        """Draw a circle."""
        box = [
            *self._px((centre[0] - radius, centre[1] - radius)),
            *self._px((centre[0] + radius, centre[1] + radius)),
        ]
        self._draw.ellipse(box, outline=ink, width=max(1, round(thick * self.px_per_mm)))

    def code(self, at: tuple[float, float], side: float, text: str, error: str) -> None:
        """Print a QR code in its white field, UTF-8 without a mark of its own, as real cards do."""
        modules = _modules(text, error)
        field = np.pad(np.where(modules, 38, 250), QUIET_MODULES, constant_values=250).astype(np.uint8)
        pixels = round(side * self.px_per_mm)
        print_ = Pillow.fromarray(field).resize((pixels, pixels), Pillow.Resampling.BOX)
        self.picture.paste(print_.convert("RGB"), self._px(at))

    def paste(self, picture: Image, at: tuple[float, float], size: tuple[float, float]) -> None:
        """Print a picture."""
        wide, high = (round(each * self.px_per_mm) for each in size)
        small = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA)
        self.picture.paste(Pillow.fromarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB)), self._px(at))

    def done(self) -> Image:
        """Return the finished print, blue-green-red."""
        return cast(Image, cv2.cvtColor(np.asarray(self.picture), cv2.COLOR_RGB2BGR))

    def _px(self, at: tuple[float, float]) -> tuple[int, int]:
        return round(at[0] * self.px_per_mm), round(at[1] * self.px_per_mm)

    def _font(self, size: float, bold: bool) -> ImageFont.FreeTypeFont:
        return _font(self._fonts, 700 if bold else 400, round(size * self.px_per_mm))


@lru_cache(maxsize=64)
def _font(fonts: Path, weight: int, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts / f"noto-sans-vi-{weight}.woff2"), size_px)


def _modules(text: str, error: str) -> NDArray[np.uint8]:
    code = segno.make_qr(text, error=error, encoding="utf-8", boost_error=False)
    return np.array(code.matrix, np.uint8)

"""A4 birth certificates rendered with Vietnamese text, each with what it says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from hardware.protocols import Image

ROOT = Path(__file__).resolve().parents[2]
A4_MM = (210.0, 297.0)
_FONTS = (
    ROOT / "static/fonts/noto-sans-vi-400.woff2",
    Path("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
)
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Lý")
_MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Gia", "Thanh", "Quốc", "Khánh", "Phương", "Đức", "Hữu", "Bảo")
_GIVEN = ("An", "Bình", "Châu", "Dũng", "Hạnh", "Khôi", "Linh", "Mỹ", "Ngân", "Phúc", "Quỳnh", "Thảo", "Uyên")
_PLACES = (
    "Phường Láng Thượng, Quận Đống Đa, Hà Nội",
    "Xã Hòa Tiến, Huyện Hòa Vang, Đà Nẵng",
    "Thị trấn Vĩnh Bảo, Huyện Vĩnh Bảo, Hải Phòng",
    "Phường An Lạc, Quận Bình Tân, Thành phố Hồ Chí Minh",
    "Xã Mỹ Khánh, Huyện Phong Điền, Cần Thơ",
    "Xã Ea Tu, Thành phố Buôn Ma Thuột, Đắk Lắk",
)
_PEOPLES = ("Kinh", "Tày", "Mường")
_HOSPITALS = ("Phụ sản Trung ương, Hà Nội", "Từ Dũ, Thành phố Hồ Chí Minh", "Phụ sản Nhi Đà Nẵng")


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """A sheet lying flat, without desk or camera.

    Shape: `image` blue-green-red; `lines` are what is printed, top to bottom.
    """

    image: Image
    lines: tuple[str, ...]
    px_per_mm: float
    child_name: str
    born: str  # dd/mm/yyyy
    personal_id: str

    @property
    def text(self) -> str:
        """Everything printed, one line under another."""
        return "\n".join(self.lines)


def certificate(rng: Generator, px_per_mm: float = 8.0, frame: bool | None = None) -> Page:
    """Draw one certificate of an invented child in an invented family."""
    name, born, number = _person(rng).upper(), _date(rng), _number(rng)
    lines = _lines(rng, name, born, number)
    sheet = Picture.fromarray(_paper(rng, px_per_mm))
    pen = ImageDraw.Draw(sheet)
    if frame if frame is not None else rng.random() < 0.7:
        _draw_frame(rng, pen, px_per_mm)
    _write(rng, pen, lines, px_per_mm)
    image = np.asarray(sheet)[:, :, ::-1].copy()
    _stamp(rng, image, px_per_mm)
    return Page(image, lines, px_per_mm, name, born, number)


def _lines(rng: Generator, name: str, born: str, number: str) -> tuple[str, ...]:
    place = _PLACES
    family = "Năm sinh: {}   Dân tộc: Kinh   Quốc tịch: Việt Nam"
    return (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "GIẤY KHAI SINH",
        f"Số: {rng.integers(1, 400)}/{born[-4:]}",
        f"Họ, chữ đệm, tên: {name}",
        f"Ngày, tháng, năm sinh: {born}",
        f"Giới tính: {rng.choice(['Nam', 'Nữ'])}   Dân tộc: {rng.choice(_PEOPLES)}   Quốc tịch: Việt Nam",
        f"Nơi sinh: Bệnh viện {rng.choice(_HOSPITALS)}",
        f"Quê quán: {rng.choice(place)}",
        f"Số định danh cá nhân: {number}",
        f"Họ, chữ đệm, tên người mẹ: {_person(rng).upper()}",
        family.format(rng.integers(1980, 2000)),
        f"Nơi cư trú: Số {rng.integers(1, 400)}, {rng.choice(place)}",
        f"Họ, chữ đệm, tên người cha: {_person(rng).upper()}",
        family.format(rng.integers(1975, 1999)),
        f"Nơi cư trú: {rng.choice(place)}",
        f"Họ, chữ đệm, tên người đi khai sinh: {_person(rng)}",
        f"Giấy tờ tùy thân: Căn cước công dân số {_number(rng)}",
        f"Nơi đăng ký khai sinh: Ủy ban nhân dân {rng.choice(place)}",
        f"Ngày, tháng, năm đăng ký: {_date(rng)}",
        "NGƯỜI KÝ GIẤY KHAI SINH",
    )


def _person(rng: Generator) -> str:
    return f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"


def _date(rng: Generator) -> str:
    return f"{rng.integers(1, 29):02d}/{rng.integers(1, 13):02d}/{rng.integers(2010, 2026)}"


def _number(rng: Generator) -> str:
    return f"0{rng.integers(10, 96)}{rng.integers(2, 4)}{rng.integers(10, 26)}{rng.integers(0, 10**6):06d}"


def _paper(rng: Generator, px_per_mm: float) -> Image:
    """Return the blank sheet: its colour, sometimes a tinted field inside a white margin, sometimes waves."""
    width, height = (round(side * px_per_mm) for side in A4_MM)
    sheet = np.full((height, width, 3), rng.uniform(212, 250), np.float32)
    sheet += np.array([rng.uniform(-3, 6), 0, rng.uniform(-10, 3)], np.float32)  # red, green, blue
    kind = rng.random()
    if kind < 0.35:  # a security print inside a margin, as on the forms of the Ministry of Justice
        edge = round(rng.uniform(7, 14) * px_per_mm)
        sheet[edge:-edge, edge:-edge] -= np.array(rng.uniform(2, 20, 3), np.float32)
    if kind < 0.7:
        y, x = np.mgrid[0:height, 0:width].astype(np.float32) / px_per_mm
        waves = np.sin(x * rng.uniform(0.8, 2) + 4 * np.sin(y * 0.15)) * np.sin(y * 1.1)
        sheet -= (rng.uniform(0, 5) * (1 + waves))[..., None]
    return np.clip(sheet, 0, 255).astype(np.uint8)


def _draw_frame(rng: Generator, pen: ImageDraw.ImageDraw, px_per_mm: float) -> None:
    width, height = (round(side * px_per_mm) for side in A4_MM)
    colour = tuple(int(level) for level in rng.integers(60, 185, 3))
    first = rng.uniform(5, 11)
    for ring in range(int(rng.integers(1, 4))):
        inset = round((first + 1.3 * ring) * px_per_mm)
        line = max(1, round(rng.uniform(0.2, 0.8) * px_per_mm))
        pen.rectangle((inset, inset, width - inset, height - inset), outline=colour, width=line)


def _write(rng: Generator, pen: ImageDraw.ImageDraw, lines: tuple[str, ...], px_per_mm: float) -> None:
    ink = tuple(int(level) for level in rng.integers(15, 70) + rng.integers(0, 25, 3))
    path, points = str(rng.choice(_fonts())), rng.uniform(11, 13.5)
    pitch, y = rng.uniform(9.0, 11.0), rng.uniform(18, 26)
    for number, line in enumerate(lines):
        size = points * (1.5 if number == 2 else 1.0) * 25.4 / 72  # millimetres
        font = _font(path, round(size * px_per_mm))
        room = A4_MM[0] - 44
        while pen.textlength(line, font) > room * px_per_mm:
            size *= 0.96
            font = _font(path, round(size * px_per_mm))
        centred = number < 3 or number == len(lines) - 1
        x = (A4_MM[0] - pen.textlength(line, font) / px_per_mm) / 2 if centred else 22
        pen.text((x * px_per_mm, y * px_per_mm), line, fill=ink, font=font)
        y += pitch * (1.3 if number == 2 else 1.0)


def _stamp(rng: Generator, image: Image, px_per_mm: float) -> None:
    """Press a round red stamp below the text."""
    centre = (round(rng.uniform(60, 150) * px_per_mm), round(rng.uniform(268, 276) * px_per_mm))
    for radius in (14.5, 11.0):
        cv2.circle(image, centre, round(radius * px_per_mm), (90, 80, 205), max(1, round(0.6 * px_per_mm)))


@cache
def _fonts() -> tuple[Path, ...]:
    return tuple(path for path in _FONTS if path.is_file())


@cache
def _font(path: str, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, max(6, size_px))

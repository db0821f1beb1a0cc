"""What is said of one part of the station."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Health(StrEnum):
    """How a part is."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"  # would keep visitors away, or lose the paper they came for


class Part(StrEnum):
    """The parts, in the order in which an officer looks at them."""

    CAMERA = "camera"
    SCANNER = "scanner"
    PRINTER = "printer"
    DISK = "disk"
    DATABASE = "database"
    KEYS = "keys"
    CLOCK = "clock"
    CENTRAL = "central"
    SETTINGS = "settings"
    MEMORY = "memory"
    FONTS = "fonts"
    BROWSER = "browser"
    BOARD = "board"

    @property
    def words(self) -> str:
        """Its name, a message id of the catalogue."""
        return _NAMES[self]


_NAMES = {
    Part.CAMERA: "Máy ảnh",
    Part.SCANNER: "Đầu đọc mã",
    Part.PRINTER: "Máy in",
    Part.DISK: "Ổ đĩa",
    Part.DATABASE: "Cơ sở dữ liệu",
    Part.KEYS: "Khoá mã",
    Part.CLOCK: "Đồng hồ",
    Part.CENTRAL: "Máy chủ",
    Part.SETTINGS: "Cài đặt",
    Part.MEMORY: "Bộ nhớ",
    Part.FONTS: "Phông chữ",
    Part.BROWSER: "Trình duyệt",
    Part.BOARD: "Bo mạch",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is, and what to do.

    Shape: `sentence` and `remedy` are message ids whose %(places)s `values` fill; the remedy may be empty.
    """

    part: Part
    health: Health
    sentence: str
    remedy: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)

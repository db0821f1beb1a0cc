"""Why an officer keeps a photograph that the station would have taken again."""

from __future__ import annotations

from enum import StrEnum


class OverrideReason(StrEnum):
    """What the officer answers; sealed with the declaration."""

    WORN = "worn"
    GLOSSY = "glossy"
    CANNOT_SIT = "cannot-sit"
    COMPARED = "compared"

    @property
    def words(self) -> str:
        """The sentence on the button, a message id of the catalogue."""
        return _WORDS[self]


_WORDS = {
    OverrideReason.WORN: "Giấy cũ, rách hoặc mờ sẵn",
    OverrideReason.GLOSSY: "Giấy ép nhựa, không tránh được loá",
    OverrideReason.CANNOT_SIT: "Bé không ngồi yên được",
    OverrideReason.COMPARED: "Đã xem bản gốc, ảnh đủ đọc",
}

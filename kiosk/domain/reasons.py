"""Why a declaration came back, in the visitor's words. Parts and faults are central's."""

from __future__ import annotations

_WORDS = {
    ("birth-certificate", "blurred"): "Ảnh giấy khai sinh bị mờ",
    ("birth-certificate", "cut-off"): "Ảnh giấy khai sinh thiếu góc",
    ("birth-certificate", "glare"): "Ảnh giấy khai sinh bị loá",
    ("birth-certificate", "unclear"): "Ảnh giấy khai sinh chưa rõ",
    ("portrait", "blurred"): "Ảnh chân dung bị mờ",
    ("portrait", "cut-off"): "Ảnh chân dung thiếu khuôn mặt",
    ("portrait", "glare"): "Ảnh chân dung bị loá",
    ("portrait", "unclear"): "Ảnh chân dung chưa rõ",
    ("bhxh-number", "wrong"): "Mã số BHXH không đúng",
    ("full-name", "differs"): "Họ tên không khớp giấy khai sinh",
    ("phone", "wrong"): "Số điện thoại không đúng",
    ("personal-id", "wrong"): "Số căn cước không đúng",
    ("agency", "wrong"): "Chọn sai cơ quan BHXH",
}


def reason_in_words(part: str, fault: str) -> str:
    """The sentence for one reason, a message id of the catalogue."""
    return _WORDS.get((part, fault), "Có mục cần sửa, xin hỏi nhân viên")

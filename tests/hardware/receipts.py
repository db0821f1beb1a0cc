"""Invented receipts, and what a reader makes of their paper."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Sequence

import zxingcpp
from PIL import Image

from hardware.protocols import Code, Entry, Paragraph, Rule, Slip, Title

WIDTHS = (576, 384)

# Receipt code, look-up code, time, place, agency: all invented, agencies as in public directories.
_SEEDS = (
    (
        "0042-0001-7",
        "K7M2QX",
        "09:41 ngày 22/11/2026",
        "Trường Tiểu học Kim Đồng",
        "BHXH quận Bình Tân (07918)",
    ),
    ("00A1-0137-C", "9TRH4W", "14:05 ngày 03/12/2026", "Bộ phận Một cửa", "BHXH quận Cầu Giấy (00105)"),
    (
        "7KQ2-1X9Z-5",
        "M3NVD8",
        "16:58 ngày 31/12/2026",
        "Trường Mầm non Hoa Phượng",
        "BHXH quận Đống Đa (00106)",
    ),
    ("0042-09FG-H", "XW52PJ", "07:30 ngày 05/01/2027", "Trường PTDT Nội trú Ea H’leo", "BHXH huyện Ea H’leo"),
    ("31BD-0008-Y", "6CZ4ES", "11:22 ngày 19/02/2027", "UBND phường Linh Chiểu", "BHXH thành phố Thủ Đức"),
)


def _slip(code: str, pin: str, at: str, place: str, agency: str) -> Slip:
    return Slip(
        code,
        (
            Title("BIÊN NHẬN TỜ KHAI"),
            Paragraph("Đăng ký tài khoản VssID cho con"),
            Rule(),
            Entry("Mã biên nhận", code, large=True),
            Entry("Mã tra cứu", pin),
            Entry("Giờ nhận", at),
            Entry("Điểm tiếp nhận", place),
            Entry("Cơ quan BHXH tiếp nhận", agency),
            Entry("Tình trạng", "Đã lưu tại máy này, sẽ tự gửi khi có mạng"),
            Rule(),
            Paragraph("Kết quả thường có sau 1 đến 5 ngày, qua tin nhắn SMS."),
            Paragraph("Hỗ trợ: 1900 9068. Nội dung đồng ý: bản mẫu v0."),
            Code(
                f"BHXH1|{code.replace('-', '')}|{'0123456789abcdef' * 2}",
                "Quét mã này tại máy bất kỳ để tra cứu",
            ),
            Rule(),
            Paragraph("Anh/chị vui lòng giữ biên nhận này."),
        ),
    )


RECEIPTS = tuple(_slip(*seed) for seed in _SEEDS)
A_RECEIPT = RECEIPTS[0]


def words_of(slip: Slip) -> str:
    """All its words in reading order, single-spaced."""
    words: list[str] = []
    for block in slip.blocks:
        match block:
            case Title(text) | Paragraph(text):
                words += text.split()
            case Entry(label, value):
                words += [*label.split(), *value.split()]
            case Code(_, caption):
                words += caption.split()
    return " ".join(words)


def code_of(slip: Slip) -> str:
    """What its QR holds."""
    return next(block.text for block in slip.blocks if isinstance(block, Code))


def codes_on(paper: Image.Image) -> list[str]:
    """What a QR reader finds."""
    return [found.text for found in zxingcpp.read_barcodes(paper.convert("L"))]


def text_on(paper: Image.Image) -> str:
    """What tesseract reads, single-spaced; the QR, which holds no letters, is covered."""
    grey = paper.convert("L")
    for found in zxingcpp.read_barcodes(grey):
        corners = found.position.top_left, found.position.bottom_right
        xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
        grey.paste(255, (min(xs) - 4, min(ys) - 4, max(xs) + 5, max(ys) + 5))
    png = io.BytesIO()
    grey.save(png, "PNG", dpi=(203, 203))
    read = subprocess.run(
        ["tesseract", "-", "-", "-l", "vie"],
        input=png.getvalue(),
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return " ".join(read.stdout.decode("utf-8").split())


def likeness(wanted: str, got: str) -> float:
    """Share of characters right: 1 less the edits that turn one into the other, per character wanted."""
    return 1 - _edits(wanted, got) / len(wanted)


def _edits(wanted: Sequence[str], got: Sequence[str]) -> int:
    before = list(range(len(got) + 1))
    for at, letter in enumerate(wanted, 1):
        now = [at]
        for to, other in enumerate(got, 1):
            now.append(min(before[to] + 1, now[-1] + 1, before[to - 1] + (letter != other)))
        before = now
    return before[-1]

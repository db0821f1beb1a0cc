"""What stands on the slip that goes with a stick: which file it carries, and how much is in it."""

from __future__ import annotations

from datetime import datetime

from hardware.protocols import Entry, Paragraph, Rule, Slip, Title
from kiosk.config import Config
from kiosk.station import HANOI
from sync.stick import Exported


def compose_stick_slip(config: Config, exported: Exported, at: datetime) -> Slip:
    """Lay out the summary. It holds nothing about any person."""
    digest = exported.sha256[:16]
    return Slip(
        exported.path.stem,
        (
            Title("PHIẾU CHUYỂN TỜ KHAI BẰNG USB"),
            Entry("Điểm tiếp nhận", f"{config.station.name} ({config.station.id})"),
            Entry("Giờ ghi", at.astimezone(HANOI).strftime("%H:%M ngày %d/%m/%Y")),
            Entry("Tệp trên USB", exported.path.name),
            Entry("Số tờ khai", str(exported.items), large=True),
            Entry("Từ mã", exported.first),
            Entry("Đến mã", exported.last),
            Entry("Dung lượng", f"{exported.size / 1_000_000:.1f} MB"),
            Entry("Mã kiểm tra", " ".join(digest[at : at + 4] for at in range(0, 16, 4))),
            Rule(),
            Paragraph("Mọi nội dung đã được niêm phong, chỉ cơ quan BHXH mở được."),
            Paragraph("Xin mang USB đến trung tâm, rồi mang tệp trả lời về máy này."),
            Rule(),
            Entry("Người giao", ""),
            Entry("Người nhận", ""),
        ),
    )

"""A slip to look at: is every letter there, are both edges, can the code be scanned?"""

from __future__ import annotations

from datetime import datetime

from hardware.protocols import Code, Entry, Paragraph, Rule, Slip, Title
from kiosk.station import HANOI

_LETTERS = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ ĭ ŭ ƀ č ñ"


def trial_slip(station_name: str, at: datetime) -> Slip:
    """Draw up the slip. It holds nothing of any visitor."""
    return Slip(
        f"test-{at:%Y%m%d-%H%M%S}",
        (
            Title("IN THỬ"),
            Paragraph(station_name),
            Entry("Giờ in", f"{at.astimezone(HANOI):%d/%m/%Y %H:%M:%S}"),
            Rule(),
            Paragraph(_LETTERS),
            Paragraph(_LETTERS.upper()),
            Rule(),
            Code("BHXH1|TEST|0", "Quét thử mã này"),
        ),
    )

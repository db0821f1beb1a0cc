"""Cameras, scanners and printer: asked themselves, not their settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from hardware.protocols import Camera, DeviceError, PaperState, ReceiptPrinter, Subject, Trouble
from kiosk.domain.troubles import in_words
from kiosk.health.finding import Finding, Health, Part

LEAST_PX = 1080
"""Short side: A4 then has 120 dpi, just legible (vision.md section 3)."""

WIDEST_EDGE_PX = 4.5
"""Of the mat's tags; a sharp camera gives 3.2, one out of focus by a pixel 4.1 (kiosk/vision/focus.py)."""

_LOOKS = {
    Subject.CITIZEN_CARD: "Máy ảnh chụp giấy tờ: %(width)s x %(height)s, %(fps)s hình/giây.",
    Subject.PORTRAIT: "Máy ảnh chân dung: %(width)s x %(height)s, %(fps)s hình/giây.",
}
_SILENT = {
    Subject.CITIZEN_CARD: "Máy ảnh chụp giấy tờ không có hình.",
    Subject.PORTRAIT: "Máy ảnh chân dung không có hình.",
}

CAMERAS = tuple(_LOOKS)
"""A subject of each."""


class Scanner(Protocol):
    """What is asked of a reader."""

    @property
    def trouble(self) -> Trouble | None:
        """Why it cannot be heard, if so."""


def examine_camera(
    camera: Camera, subject: Subject, asked_fps: int, count: Callable[[Camera, Subject], float]
) -> Finding:
    """Look through one camera.

    Shape: `subject` is one of CAMERAS; `count` gives the frames that come a second.
    """
    from kiosk.vision.focus import edge_width_px  # noqa: PLC0415 - the first page examines nothing
    from kiosk.vision.mat import find_mat  # noqa: PLC0415

    try:
        camera.aim(subject)
        image = camera.still(subject).image
        fps = round(count(camera, subject))
    except DeviceError as why:
        return Finding(Part.CAMERA, Health.BAD, _SILENT[subject], in_words(why.trouble))
    height, width = image.shape[:2]
    values: dict[str, str | int] = {"width": width, "height": height, "fps": fps}
    sentence = _LOOKS[subject]
    if min(height, width) < LEAST_PX:
        return Finding(
            Part.CAMERA,
            Health.WATCH,
            sentence,
            "Ảnh nhỏ, chữ có thể khó đọc: xin dùng máy ảnh nét hơn.",
            values,
        )
    if fps < asked_fps / 2:
        return Finding(
            Part.CAMERA,
            Health.WATCH,
            sentence,
            "Hình đến chậm: xin thêm ánh sáng hoặc cắm sang cổng USB khác.",
            values,
        )
    if subject is Subject.PORTRAIT:
        return Finding(Part.CAMERA, Health.GOOD, sentence, values=values)
    mat = find_mat(image)
    if mat is None:
        remedy = "Muốn biết có nét không, xin để trống tấm lót có in ô."
        return Finding(Part.CAMERA, Health.GOOD, sentence, remedy, values)
    if edge_width_px(image, mat) > WIDEST_EDGE_PX:
        return Finding(Part.CAMERA, Health.WATCH, sentence, "Tấm lót hiện mờ: xin chỉnh nét máy ảnh.", values)
    sharp = "Máy ảnh chụp giấy tờ: %(width)s x %(height)s, %(fps)s hình/giây, nét trên tấm lót."
    return Finding(Part.CAMERA, Health.GOOD, sharp, values=values)


def examine_scanners(scanners: Iterable[Scanner]) -> Iterator[Finding]:
    """Hear of each reader; one that types as a keyboard does is in no kiosk.toml and says nothing."""
    listening = [_scanner(each) for each in scanners]
    yield from listening or (NO_SCANNER,)


NO_SCANNER = Finding(
    Part.SCANNER,
    Health.GOOD,
    "Máy này không có đầu đọc mã riêng.",
    "Thẻ đọc bằng máy ảnh, hoặc đầu đọc kiểu bàn phím nếu có.",
)


def _scanner(scanner: Scanner) -> Finding:
    if scanner.trouble is None:
        return Finding(Part.SCANNER, Health.GOOD, "Đầu đọc mã sẵn sàng.")
    return Finding(Part.SCANNER, Health.WATCH, in_words(scanner.trouble), "Vẫn đọc được thẻ bằng máy ảnh.")


def examine_printer(printer: ReceiptPrinter) -> Finding:
    """Ask the printer; what it says, or why it says nothing."""
    return PRINTER[printer.state()]


PRINTER: Mapping[str, Finding] = {
    PaperState.OK: Finding(Part.PRINTER, Health.GOOD, "Máy in sẵn sàng."),
    PaperState.NEAR_END: Finding(
        Part.PRINTER, Health.WATCH, "Máy in sắp hết giấy.", "Xin để sẵn cuộn giấy mới."
    ),
    PaperState.NO_PAPER: Finding(Part.PRINTER, Health.BAD, "Máy in hết giấy.", "Xin thay cuộn giấy."),
    PaperState.COVER_OPEN: Finding(Part.PRINTER, Health.BAD, "Nắp máy in đang mở.", "Xin đóng nắp máy in."),
    PaperState.ERROR: Finding(Part.PRINTER, Health.BAD, "Máy in báo lỗi.", "Xin tắt bật lại máy in."),
    PaperState.UNKNOWN: Finding(
        Part.PRINTER, Health.WATCH, "Máy in loại này không báo tình trạng.", "Xin in phiếu thử để xem."
    ),
    Trouble.NO_PRINTER: Finding(
        Part.PRINTER, Health.GOOD, "Máy này không có máy in.", "Biên nhận hiện trên màn hình."
    ),
    Trouble.ABSENT: Finding(
        Part.PRINTER, Health.BAD, "Không thấy máy in.", "Xin cắm dây máy in và bật máy in."
    ),
    Trouble.UNREACHABLE: Finding(
        Part.PRINTER,
        Health.BAD,
        "Địa chỉ của máy in trên mạng không trả lời.",
        "Xin bật máy in, xem dây mạng và địa chỉ trong kiosk.toml.",
    ),
    Trouble.REFUSED: Finding(
        Part.PRINTER,
        Health.BAD,
        "Máy in không nhận kết nối.",
        "Xin xem máy khác có đang in không, và địa chỉ trong kiosk.toml.",
    ),
    Trouble.BUSY: Finding(
        Part.PRINTER,
        Health.BAD,
        "Chương trình khác đang giữ máy in.",
        "Xin tắt chương trình đó hoặc khởi động lại máy.",
    ),
    Trouble.FORBIDDEN: Finding(
        Part.PRINTER, Health.BAD, "Máy chưa được phép dùng máy in.", "Xin chạy kiosk install."
    ),
    Trouble.SILENT: Finding(
        Part.PRINTER,
        Health.BAD,
        "Máy in không trả lời.",
        "Xin xem máy in đã bật chưa, dây có chặt không, máy khác có đang in không.",
    ),
    Trouble.WRONG_FORMAT: Finding(
        Part.PRINTER,
        Health.BAD,
        "Máy in trả lời khác lệnh ESC/POS.",
        "Xin xem loại máy in và [printer] trong kiosk.toml.",
    ),
    Trouble.STALLED: Finding(
        Part.PRINTER, Health.BAD, "Máy in đứng lại khi đang in.", "Xin xem máy in có kẹt giấy không."
    ),
}
"""By what the printer says, or by why it says nothing. Without a slip the receipt is on the screen."""

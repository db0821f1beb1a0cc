"""The disk: room, and how long a durable write takes."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from kiosk.health.finding import Finding, Health, Part

SLOW_FSYNC_MS = 100
"""A pledge needs about four; a visitor notices half a second."""

_MEGABYTE = 1_000_000


def examine_disk(folder: Path, floor_mb: int) -> Finding:
    """Say how much room there is and how fast a write is safe."""
    try:
        return _examine(folder, floor_mb)
    except PermissionError:
        return Finding(
            Part.DISK, Health.BAD, "Không được phép ghi vào thư mục dữ liệu.", "Xin chạy kiosk install."
        )
    except OSError:  # a disk that fails is made read-only by the kernel, or answers nothing any more
        return Finding(
            Part.DISK,
            Health.BAD,
            "Không ghi được lên ổ đĩa.",
            "Xin tắt bật máy; nếu vẫn vậy, xin thay ổ đĩa.",
        )


def _examine(folder: Path, floor_mb: int) -> Finding:
    if not folder.is_dir():
        return Finding(
            Part.DISK, Health.WATCH, "Chưa có trạm nào chạy ở đây.", "Xin chạy kiosk serve hoặc kiosk demo."
        )
    free_mb = shutil.disk_usage(folder).free // _MEGABYTE
    if free_mb < floor_mb:
        return Finding(
            Part.DISK,
            Health.BAD,
            "Ổ đĩa chỉ còn trống %(free)s MB nên máy không nhận lượt mới.",
            "Xin dọn thêm %(missing)s MB.",
            {"free": free_mb, "missing": floor_mb - free_mb},
        )
    spent_ms = round(_fsync_ms(folder))
    values: dict[str, str | int] = {"free": free_mb, "spent": spent_ms}
    sentence = "Còn trống %(free)s MB, ghi chắc chắn mất %(spent)s ms."
    if spent_ms > SLOW_FSYNC_MS:
        return Finding(Part.DISK, Health.WATCH, sentence, "Ổ đĩa chậm: xin thay bằng ổ SSD.", values)
    return Finding(Part.DISK, Health.GOOD, sentence, values=values)


def _fsync_ms(folder: Path) -> float:
    path = folder / ".doctor"
    started = time.perf_counter()
    try:
        with path.open("wb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
        return (time.perf_counter() - started) * 1000
    finally:
        path.unlink(missing_ok=True)

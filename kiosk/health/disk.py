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
    with path.open("wb") as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())
    spent = time.perf_counter() - started
    path.unlink()
    return spent * 1000

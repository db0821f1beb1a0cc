"""The machine itself: swap, fonts, browser, heat and current."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kiosk.health.finding import Finding, Health, Part

HOT_CELSIUS = 80
"""Raspberry Pi slows down from 80 °C; mini-PCs a little later. Source: their makers' documentation."""

_UNDERVOLTAGE_NOW, _UNDERVOLTAGE_SINCE = 0x1, 0x1_0000
"""Source: Raspberry Pi firmware, get_throttled: bit 0 now, bit 16 since the start."""

FONTS = ("noto-sans-vi-400.woff2", "noto-sans-vi-700.woff2")


def examine_memory(system: Path = Path("/")) -> Finding:
    """Say whether a visit in memory could be written to a disk."""
    try:
        swaps = (system / "proc/swaps").read_text().splitlines()[1:]
    except OSError:
        swaps = []
    if not [each for each in swaps if not each.startswith("/dev/zram")]:
        return Finding(Part.MEMORY, Health.GOOD, "Không dùng vùng đổi trang trên đĩa.")
    return Finding(
        Part.MEMORY,
        Health.WATCH,
        "Máy có thể ghi bộ nhớ ra đĩa, kể cả thông tin của khách.",
        "Xin chạy kiosk install, hoặc tắt swap.",
    )


def examine_fonts(folder: Path) -> Finding:
    """See whether slips can be drawn."""
    if all((folder / name).is_file() for name in FONTS):
        return Finding(Part.FONTS, Health.GOOD, "Đủ phông chữ tiếng Việt.")
    return Finding(Part.FONTS, Health.BAD, "Thiếu phông chữ để in.", "Xin cài lại phần mềm của máy.")


def examine_browser(program: str = "chromium", seconds: float = 10) -> Finding:
    """See whether there is something to show the pages with; one that does not say its version shows none."""
    if not shutil.which(program):
        return Finding(Part.BROWSER, Health.WATCH, "Chưa có trình duyệt Chromium.", "Xin chạy kiosk install.")
    version = _version(program, seconds)
    if not version:
        return Finding(
            Part.BROWSER, Health.WATCH, "Chromium không chạy được.", "Xin tắt bật máy, hoặc cài lại Chromium."
        )
    return Finding(Part.BROWSER, Health.GOOD, "Chromium %(version)s.", values={"version": version})


def _version(program: str, seconds: float) -> str:
    command = [program, "--version"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    found = re.search(r"[0-9]+(\.[0-9]+)+", asked.stdout)
    return found[0] if found else ""


def examine_board(system: Path = Path("/")) -> Iterator[Finding]:
    """Say what the board tells of heat and current; nothing where it tells nothing."""
    if (celsius := _hottest(system)) is not None:
        hot = celsius > HOT_CELSIUS
        remedy = "Xin kiểm tra quạt và chỗ thoáng của máy." if hot else ""
        health = Health.WATCH if hot else Health.GOOD
        yield Finding(Part.BOARD, health, "Nhiệt độ %(celsius)s °C.", remedy, {"celsius": celsius})
    if _was_weak(system):
        yield Finding(Part.BOARD, Health.WATCH, "Nguồn điện đã bị yếu.", "Xin thay bộ nguồn hoặc dây nguồn.")


def _hottest(system: Path) -> int | None:
    readings = []
    for zone in (system / "sys/class/thermal").glob("thermal_zone*/temp"):
        try:
            readings.append(int(zone.read_text()) // 1000)
        except (OSError, ValueError):
            continue  # a sensor that is switched off
    return max(readings, default=None)


def _was_weak(system: Path) -> bool:
    """Whether the current was too weak: the firmware's word, or the kernel's sensor.

    Source: drivers/firmware/raspberrypi.c and drivers/hwmon/raspberrypi-hwmon.c; on a Raspberry Pi 5 the
            folders bear an address (soc@107c000000).
    """
    throttled = (system / "sys/devices/platform").glob("soc*/soc*:firmware/get_throttled")
    if any(_number(path, 16) & (_UNDERVOLTAGE_NOW | _UNDERVOLTAGE_SINCE) for path in throttled):
        return True
    sensors = (system / "sys/class/hwmon").glob("hwmon*/in0_lcrit_alarm")
    return any(_number(path) == 1 and _says(path.with_name("name"), "rpi_volt") for path in sensors)


def _number(path: Path, base: int = 10) -> int:
    try:
        return int(path.read_text().strip(), base)
    except (OSError, ValueError):
        return 0


def _says(path: Path, word: str) -> bool:
    try:
        return path.read_text().strip() == word
    except OSError:
        return False

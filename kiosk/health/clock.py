"""The clock: who sets it, and does a battery keep it while the station is off?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kiosk.health.finding import Finding, Health, Part
from kiosk.station import HANOI

DRIFT_SECONDS = 60
"""Central refuses requests that are further off than two minutes."""

_SYNCHRONISED = Path("run/systemd/timesync/synchronized")
_RTC = Path("sys/class/rtc/rtc0/since_epoch")


def examine_clock(now: datetime, *, verified: bool, system: Path = Path("/")) -> Finding:
    """Say what time it is, and how far that can be trusted.

    Shape:  `verified` is `clock_verified` of kiosk.toml; without it no clock is well, whoever sets it.
    Source: systemd-timesyncd(8), /run/systemd/timesync/synchronized; the kernel's rtc class in sysfs.
    """
    values: dict[str, str | int] = {"now": f"{now.astimezone(HANOI):%d/%m/%Y %H:%M}"}
    from_network = (system / _SYNCHRONISED).exists()
    drift = _drift_seconds(now, system / _RTC)
    if drift is not None and abs(drift) > DRIFT_SECONDS:
        return Finding(
            Part.CLOCK,
            Health.WATCH,
            "Bây giờ là %(now)s, lệch %(drift)s giây so với đồng hồ có pin.",
            "Xin kiểm tra ngày giờ và thay pin đồng hồ.",
            values | {"drift": round(drift)},
        )
    if not verified and (from_network or drift is not None):  # kiosk.clock.ClockJudge believes no such clock
        return Finding(
            Part.CLOCK,
            Health.WATCH,
            "Bây giờ là %(now)s; cài đặt máy chưa xác nhận giờ này là đúng.",
            "Nếu đúng giờ, xin đặt clock_verified = true trong kiosk.toml.",
            values,
        )
    if from_network and drift is None:
        return Finding(
            Part.CLOCK,
            Health.GOOD,
            "Bây giờ là %(now)s, chỉnh theo mạng; không có pin giữ giờ.",
            "Sau khi mất điện mà chưa có mạng, xin xem lại ngày giờ.",
            values,
        )
    if from_network:
        return Finding(
            Part.CLOCK, Health.GOOD, "Bây giờ là %(now)s, chỉnh theo mạng, có pin giữ giờ.", values=values
        )
    if drift is not None:
        return Finding(Part.CLOCK, Health.GOOD, "Bây giờ là %(now)s, có pin giữ giờ.", values=values)
    return Finding(
        Part.CLOCK,
        Health.WATCH,
        "Bây giờ là %(now)s, chưa được xác nhận.",
        "Xin xem đúng ngày giờ chưa; nên lắp đồng hồ có pin hoặc nối mạng.",
        values,
    )


def _drift_seconds(now: datetime, rtc: Path) -> float | None:
    """By how much the battery's clock is behind; None where there is none."""
    try:
        return now.timestamp() - int(rtc.read_text())
    except (OSError, ValueError):
        return None

"""The settings: what was changed at the screen, what an older kiosk.toml lacks, what is make-believe."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.adjustments import Adjustments
from kiosk.health.finding import Finding, Health, Part


def examine_settings(adjustments: Adjustments) -> Iterator[Finding]:
    """Name what does not stand in kiosk.toml, a file that cannot be used, and make-believe devices."""
    if adjustments.left_aside:
        yield Finding(
            Part.SETTINGS,
            Health.WATCH,
            "Không dùng được %(file)s nên theo kiosk.toml: %(why)s.",
            "Xin chọn lại ở trang Cài đặt của máy.",
            {"file": str(adjustments.path), "why": adjustments.left_aside},
        )
    elif made := adjustments.made:
        names = ", ".join(made)
        yield Finding(Part.SETTINGS, Health.GOOD, "Đã đổi tại màn hình: %(names)s.", values={"names": names})
    else:
        yield Finding(Part.SETTINGS, Health.GOOD, "Theo kiosk.toml, chưa đổi gì tại màn hình.")
    if twins := adjustments.current().twins:
        yield Finding(
            Part.SETTINGS,
            Health.WATCH,
            "kiosk.toml đang dùng thiết bị giả để thử: %(names)s.",
            "Xin ghi thiết bị thật vào đó khi máy làm việc thật.",
            {"names": ", ".join(twins)},
        )
    if unwritten := adjustments.current().unwritten:
        yield Finding(
            Part.SETTINGS,
            Health.GOOD,
            "kiosk.toml chưa có %(names)s: dùng giá trị đi kèm phần mềm.",
            values={"names": ", ".join(unwritten)},
        )

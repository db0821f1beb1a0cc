"""What breaks while one part is looked at is said of that part; every other part is still looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kiosk.health.finding import Finding, Health, Part


def looked_at(part: Part, look: Callable[[], Finding | Iterable[Finding]]) -> list[Finding]:
    """Return what was found, and that it broke off if it did: an examination must not end in a traceback."""
    found: list[Finding] = []
    try:
        told = look()
        for each in [told] if isinstance(told, Finding) else told:
            found.append(each)  # one by one: what was found before a fault stays
    except Exception as why:  # noqa: BLE001 - by its kind alone: a message might name a file or a person
        found.append(
            Finding(
                part,
                Health.BAD,
                "Chưa xem được phần này (%(kind)s).",
                "Xin tắt bật máy; nếu vẫn vậy, xin báo quản trị.",
                {"kind": type(why).__name__},
            )
        )
    return found

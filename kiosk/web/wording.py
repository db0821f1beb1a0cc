"""Times and numbers as a visitor reads them."""

from __future__ import annotations

from datetime import datetime

from kiosk.station import HANOI
from kiosk.web.catalogue import gettext, ngettext


def moment(utc: str) -> str:
    """Vietnam's clock, day before month: "09:41, 22/11/2026" for a UTC text."""
    return datetime.fromisoformat(utc).astimezone(HANOI).strftime("%H:%M, %d/%m/%Y")


def waited(seconds: int) -> str:
    """The largest unit that fits: "3 ngày", "2 giờ", "5 phút"."""
    if seconds >= 86_400:
        return str(ngettext("%(num)s ngày", "%(num)s ngày", seconds // 86_400))
    if seconds >= 3_600:
        return str(ngettext("%(num)s giờ", "%(num)s giờ", seconds // 3_600))
    if seconds >= 60:
        return str(ngettext("%(num)s phút", "%(num)s phút", seconds // 60))
    return str(gettext("dưới 1 phút"))


def in_groups(digits: str) -> str:
    """In fours from the right, to be compared by eye: "•••• •••• 0123"."""
    first = len(digits) % 4
    groups = [digits[:first]] if first else []
    return " ".join([*groups, *(digits[at : at + 4] for at in range(first, len(digits), 4))])

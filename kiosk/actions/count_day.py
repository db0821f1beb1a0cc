"""What came in on one day: when, how far it has come, first and last receipt. Nothing personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from kiosk.actions.look_up import reached_by
from kiosk.domain.progress import Progress
from kiosk.station import HANOI
from kiosk.store import declarations
from kiosk.store.journal import stamp
from sync.durable import open_db


class Basket(StrEnum):
    """What an officer would sort declarations into: several states are one to him."""

    WAITING = "waiting"
    SENT = "sent"
    RETURNED = "returned"
    PUT_ASIDE = "put-aside"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def words(self) -> str:
        """What it is called on screen and slip; a message id of the catalogue."""
        return _WORDS[self]


_WORDS = {
    Basket.WAITING: "Chờ gửi",
    Basket.SENT: "Đã gửi đến cơ quan BHXH",
    Basket.RETURNED: "Cần bổ sung",
    Basket.PUT_ASIDE: "Cần cán bộ kiểm tra",
    Basket.WITHDRAWN: "Đã rút theo yêu cầu",
    Basket.REPLACED: "Đã khai lại bằng tờ khai mới",
}
_BASKET = {
    Progress.SAVED: Basket.WAITING,
    Progress.SENDING: Basket.WAITING,
    Progress.RECEIVED: Basket.SENT,
    Progress.ACCEPTED: Basket.SENT,
    Progress.RETURNED: Basket.RETURNED,
    Progress.QUARANTINED: Basket.PUT_ASIDE,
    Progress.WITHDRAWING: Basket.WITHDRAWN,
    Progress.WITHDRAWN: Basket.WITHDRAWN,
    Progress.REPLACED: Basket.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day at this station.

    Shape: `by_hour` holds the hours of Vietnam's clock in which something came, `by_basket` every
           basket; `first` and `last` are receipt codes, None on a day without any.
    """

    date: date
    by_hour: Mapping[int, int]
    by_basket: Mapping[Basket, int]
    first: str | None
    last: str | None

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(self.by_hour.values())


def count_day(db_path: Path, *, at: datetime) -> Day:
    """Count the day in Vietnam to which this moment belongs; a withdrawn declaration counts too."""
    day = at.astimezone(HANOI).date()
    begins = datetime.combine(day, time(), HANOI)
    ends = begins + timedelta(days=1)
    with open_db(db_path) as db:
        sealed = declarations.between(db, stamp(_utc(begins)), stamp(_utc(ends)))
        reached = Counter(_BASKET[reached_by(db, each.uuid).progress] for each in sealed)
    hours = Counter(datetime.fromisoformat(each.sealed_at).astimezone(HANOI).hour for each in sealed)
    return Day(
        date=day,
        by_hour=dict(sorted(hours.items())),
        by_basket={each: reached[each] for each in Basket},
        first=sealed[0].receipt_code if sealed else None,
        last=sealed[-1].receipt_code if sealed else None,
    )


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)

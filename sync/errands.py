"""What the postman does besides delivering: he fetches the news and tells how the station is."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sync import outbox
from sync.faults import Refused, Unreachable
from sync.heartbeat import DeviceStates, Heartbeat
from sync.keys import load_keys
from sync.line import Line
from sync.news import News
from sync.wire import JSON

NEWS_SECONDS = 60.0
HEARTBEAT_SECONDS = 300.0
"""Source: with its signatures a question and its answer are 2 kB: 4 MB a day, within any SIM card's plan."""

VERSION = "0.1.0"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Errands:
    """Runs each errand when it is time, over a line that has just worked.

    Shape: `ask_devices` raises nothing; what it cannot find out it leaves open. `also` is a relay's errand,
           run each time; it raises nothing either.
    Units: `ticks` counts seconds and never steps, unlike a wall clock.
    """

    news: News
    now: Callable[[], datetime]
    ask_devices: Callable[[], DeviceStates] = DeviceStates
    also: Callable[[Line], None] | None = None
    ticks: Callable[[], float] = time.monotonic
    _due: dict[str, float] = field(default_factory=dict, init=False)

    def run(self, *, at_once: bool = False) -> Unreachable | None:
        """Do what is due; say what was wrong with the line, if it was. The next time will do.

        Errors: OSError; sqlite3.DatabaseError.
        """
        for name, errand, every in (
            ("news", self.news.fetch, NEWS_SECONDS),
            ("heartbeat", self._beat, HEARTBEAT_SECONDS),
        ):
            if not at_once and self.ticks() < self._due.get(name, 0.0):
                continue
            self._due[name] = self.ticks() + every
            try:
                errand()
            except Refused as why:
                log.info("%s: %s", name, why)
            except Unreachable as why:
                log.info("%s: %s", name, why)
                return why
        if self.also:
            self.also(self.news.line)
        return None

    def _beat(self) -> None:
        db, line = self.news.db, self.news.line
        counts, age = outbox.counts(db), outbox.oldest_waiting_age(db, self.now())
        ahead = line.credentials.ahead.total_seconds() if line.credentials else 0.0
        beat = Heartbeat(
            version=VERSION,
            keyset_version=load_keys(self.news.keys).key_set.version,
            waiting=counts.waiting,
            quarantined=counts.quarantined,
            oldest_seconds=None if age is None else round(age.total_seconds()),
            disk_free_mb=shutil.disk_usage(self.news.keys).free // 1_000_000,
            clock_ahead_seconds=round(ahead),
            **asdict(self.ask_devices()),
        )
        headers = {"Content-Type": JSON}
        line.ask("POST", "/v1/heartbeats", content=beat.to_bytes(), headers=headers, expect={200})

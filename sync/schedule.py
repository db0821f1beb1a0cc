"""The timer behind the doorbell. APScheduler in one place, each option with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger


class Every(BaseTrigger):  # type: ignore[misc]  # apscheduler carries no types
    """Fires at this interval, counted from now.

    APScheduler's own interval lists every moment it has missed before it fires once: a clock that goes from
    1970 to today keeps it busy, holding its locks, until the memory is full (measured).
    """

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """Called by APScheduler."""
        return now + self._interval


@dataclass(frozen=True, slots=True)
class Chore:
    """Something the station wants done from time to time; it deals with its own troubles."""

    name: str
    every_seconds: float
    run: Callable[[], object]


def build(
    ring: Callable[[], object], every_seconds: float, chores: Sequence[Chore] = ()
) -> BackgroundScheduler:
    """Return a scheduler, not yet started, that rings at this interval.

    It only rings: the round runs in the main thread, where SIGTERM can end it in the middle of a slow line.
    The chores run in the scheduler's own threads, beside the rounds.
    """
    scheduler = BackgroundScheduler(timezone="UTC")  # all our moments are; no guess from the machine's zone
    for chore in (Chore("ring", every_seconds, ring), *chores):
        scheduler.add_job(
            chore.run,
            Every(chore.every_seconds),
            id=chore.name,
            max_instances=1,  # a ring never overlaps itself
            coalesce=True,  # after a night switched off, ring once, not 500 times
            misfire_grace_time=None,  # late is fine; skipped is not
        )
    return scheduler


@dataclass(slots=True)
class Timer:
    """A scheduler that can be started anew.

    APScheduler 3.11 computes its next moment by the wall clock: set back by a day, it is silent for a day.
    """

    build: Callable[[], BackgroundScheduler]
    _running: BackgroundScheduler | None = field(default=None, init=False)

    def start(self) -> None:
        """Start, or start anew: all intervals begin now."""
        self.stop()
        self._running = self.build()
        self._running.start()

    def stop(self) -> None:
        """Stop without waiting for what runs. Safe to repeat."""
        if self._running is not None:
            self._running.shutdown(wait=False)
            self._running = None

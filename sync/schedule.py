"""The timer behind the doorbell. APScheduler in one place, each option with its reason."""

from __future__ import annotations

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler


def build(ring: Callable[[], object], every_seconds: float) -> BackgroundScheduler:
    """Return a scheduler, not yet started, that rings at this interval.

    It only rings: the round runs in the main thread, where SIGTERM can end it in the middle of a slow line.
    """
    scheduler = BackgroundScheduler(timezone="UTC")  # all our moments are; no guess from the machine's zone
    scheduler.add_job(
        ring,
        "interval",
        seconds=every_seconds,
        id="ring",
        max_instances=1,  # a ring never overlaps itself
        coalesce=True,  # after a night switched off, ring once, not 500 times
        misfire_grace_time=None,  # late is fine; skipped is not
    )
    return scheduler

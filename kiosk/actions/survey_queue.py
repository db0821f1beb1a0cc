"""The queue at one glance: how much waits, since when, why, and what colour that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.domain.lamp import Colour, colour_of
from kiosk.sections import LampSection
from sync import link, outbox
from sync.durable import open_db


@dataclass(frozen=True, slots=True)
class Survey:
    """One look at the queue. No personal data.

    Shape: `trouble` is the code of what is wrong with the line; kiosk.domain.troubles words it.
    Units: `oldest_seconds` since the oldest waiting declaration was pledged, None when nobody waits.
    """

    colour: Colour
    waiting: int
    put_aside: int
    delivered: int
    oldest_seconds: int | None
    trouble: str | None


def survey_queue(db_path: Path, lamp: LampSection, *, at: datetime) -> Survey:
    """Look at the whole queue, however long."""
    with open_db(db_path) as db:
        counts, age = outbox.counts(db), outbox.oldest_waiting_age(db, at)
        line = link.seen(db)
    oldest = None if age is None else max(int(age.total_seconds()), 0)
    days = {"amber_days": lamp.amber_days, "red_days": lamp.red_days}
    colour = colour_of(put_aside=counts.quarantined, oldest_seconds=oldest, **days)
    return Survey(
        colour=colour,
        waiting=counts.waiting,
        put_aside=counts.quarantined,
        delivered=counts.delivered,
        oldest_seconds=oldest,
        trouble=line.trouble if line else None,
    )

"""Data goes when its time is over, kind by kind; a line of the journal says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from kiosk.actions.sweep import forget_aside
from kiosk.clock import ClockJudge
from kiosk.sections import RetentionSection
from kiosk.store import declarations, journal, print_jobs
from kiosk.store.journal import Event
from sync import events, outbox
from sync.durable import open_db, writing
from sync.parcels import Parcels

BATCH = 100
"""Receipts forgotten in one transaction: a pledge waits for one batch and never for all."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Counts of receipts, of lines of the journal, and of files that had been set aside."""

    receipts: int
    journal_lines: int
    found: int


def retain(data_dir: Path, rules: RetentionSection, clock: ClockJudge) -> Deleted:
    """Delete what was kept long enough. What central has not acknowledged is never touched.

    A clock that nobody verified may be years ahead: then time goes no further than what central signed last.
    Errors: OSError; sqlite3.Error.
    """
    parcels = Parcels(data_dir)
    with open_db(data_dir / "station.db") as db:
        at, today = clock.now(), _believed(db, clock)
        if today is None:
            return Deleted(0, 0, 0)
        receipts = _forget_receipts(db, parcels, today - timedelta(days=rules.receipts_days), at)
        with writing(db):
            lines = journal.prune(db, before=today - timedelta(days=rules.journal_days), at=at)
        before = today - timedelta(days=rules.found_days)
        found = sum(forget_aside(data_dir / name, before=before) for name in ("found", "damaged"))
        if found:
            with writing(db):
                journal.note(db, Event.DELETED, at=at, subject=str(found), detail="found")
    return Deleted(receipts, lines, found)


def _believed(db: Database, clock: ClockJudge) -> datetime | None:
    central_time = outbox.central_time(db)
    if clock.is_verified(central_time):
        return clock.now()
    return min(clock.now(), central_time) if central_time else None


def _forget_receipts(db: Database, parcels: Parcels, before: datetime, at: datetime) -> int:
    number = 0
    while old := outbox.settled(db, before=before, limit=BATCH):
        with writing(db):
            last = declarations.chain_end(db)
            for each in old:
                _forget(db, each.uuid)
            journal.note(db, Event.DELETED, at=at, subject=str(len(old)), detail="receipts")
        # The manifest at the end of the chain tells the next number even if the database is lost.
        parcels.forget(each.uuid for each in old if each.manifest_sha256 != last.manifest_sha256)
        number += len(old)
    return number


def _forget(db: Database, uuid: str) -> None:
    for table in (declarations, print_jobs, outbox, events):
        table.forget(db, uuid)

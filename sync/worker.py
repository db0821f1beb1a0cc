"""The postman's round: deliver what is due, oldest first, a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from sync import outbox
from sync.backoff import wait
from sync.durable import open_db
from sync.faults import Refused, Unreachable
from sync.lanes import side_by_side
from sync.manifest import read_manifest
from sync.outbox import Entry, Kind
from sync.parcels import Parcels
from sync.transport import Delivered, Transport
from sync.wire import MAX_BATCH, WITHDRAWN

LEASE = timedelta(minutes=10)
"""Longer than 6 parts of 300 kB take on a bad 3G line (83 s measured). A restart does not wait for it."""

MOST_IN_A_ROW = 2
"""So many items that fail one after the other are not to blame: the line is."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did. Shape: `trouble` is the last one; `gave_up`: the round ended early for it."""

    delivered: int
    quarantined: int
    trouble: Unreachable | None = None
    gave_up: bool = False


@dataclass(slots=True)
class Tally:
    """What the lanes of one round have done so far, and whether they go on.

    Shape: `left` is how many of those announced no lane has taken yet.
    """

    delivered: int = 0
    quarantined: int = 0
    trouble: Unreachable | None = None
    is_over: bool = False
    left: int = 0
    _in_a_row: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def takes_one(self) -> bool:
        """Say whether a lane may go on to the next item."""
        with self._lock:
            if self.is_over or self.left == 0:
                return False
            self.left -= 1
            return True

    def count(self, *, delivered: int = 0, quarantined: int = 0) -> None:
        """Central has answered for an item: the line carries."""
        with self._lock:
            self.delivered += delivered
            self.quarantined += quarantined
            self._in_a_row = 0
            if not self.is_over:
                self.trouble = None

    def fail(self, why: Unreachable) -> None:
        """An item was not delivered. One alone may be to blame itself, and the next ones go on."""
        with self._lock:
            self.trouble = why
            self._in_a_row += 1
            wished = why.retry_after_seconds is not None
            if wished or not why.fault.may_be_the_items_own or self._in_a_row >= MOST_IN_A_ROW:
                self.is_over = True

    def round(self) -> Round:
        """What has come of it."""
        return Round(self.delivered, self.quarantined, self.trouble, self.is_over)


@dataclass(frozen=True, slots=True)
class Postman:
    """Everything a round needs; the clock and the dice are handed in.

    Shape: `lanes` is how many items are on their way at a time; each lane has a database connection;
           `must_pause` says that somebody waits for the database.
    """

    database: Path
    parcels: Parcels
    transport: Transport
    now: Callable[[], datetime]
    random: Callable[[], float]
    lanes: int = 2
    must_pause: Callable[[], bool] = lambda: False

    def drain(self, batches: int | None = None) -> Round:
        """Deliver what is due, oldest first. Stop if the line is dead; go on past what central refuses.

        Shape: `batches` of 50 at most, so that a long queue does not keep the postman from all else.
        """
        tally = Tally()
        with open_db(self.database) as db:
            self.clear(db)
            for _ in count() if batches is None else range(batches):
                entries = outbox.due(db, at=self.now(), limit=MAX_BATCH)
                if not entries or tally.is_over or self.must_pause():
                    break
                self._announce(db, entries, tally)
                tally.left = len(entries)
                side_by_side(min(self.lanes, len(entries)), lambda: self._carry(tally))
        return tally.round()

    def clear(self, db: Database) -> None:
        """Remove the parts of what central has acknowledged; also those that a crash left behind."""
        for entry in outbox.uncleared(db):
            self._clear(db, entry)

    def settle(self, db: Database, entry: Entry, receipt: Delivered) -> None:
        """Keep central's word about an item, then remove its parts."""
        word = receipt.acknowledgement
        outbox.settle(db, entry.uuid, received_at=receipt.received_at, acknowledgement=word)
        self._clear(db, entry)

    def _clear(self, db: Database, entry: Entry) -> None:
        if entry.kind is Kind.DECLARATION:
            self.parcels.remove(read_manifest(entry.manifest))
        outbox.mark_cleared(db, entry.uuid)

    def _announce(self, db: Database, entries: Sequence[Entry], tally: Tally) -> None:
        """Announce all that is due in one question, if it saves any."""
        declarations = [each for each in entries if each.kind is Kind.DECLARATION]
        if len(declarations) < 2:
            return
        try:
            self.transport.announce(declarations)
        except Refused:
            return  # one by one, then
        except Unreachable as why:
            if why.fault.may_be_the_items_own and why.retry_after_seconds is None:
                return  # one of them may be the cause: one by one, then
            tally.fail(why)
            first = outbox.claim_next(db, at=self.now(), until=self.now() + LEASE)
            if first is not None:
                self._put_back(db, first, why)

    def _carry(self, tally: Tally) -> None:
        """One lane: claim and deliver until it is told to stop, or nothing is due."""
        with open_db(self.database) as db:
            while not self.must_pause() and tally.takes_one():
                entry = outbox.claim_next(db, at=self.now(), until=self.now() + LEASE)
                if entry is None:
                    return
                self._try(db, entry, tally)

    def _try(self, db: Database, entry: Entry, tally: Tally) -> None:
        try:
            receipt = self.transport.deliver(entry)
        except Refused as why:
            self._put_aside(db, entry, why, tally)
        except Unreachable as why:
            self._put_back(db, entry, why)
            tally.fail(why)
        else:
            self.settle(db, entry, receipt)
            tally.count(delivered=1)

    def _put_aside(self, db: Database, entry: Entry, why: Refused, tally: Tally) -> None:
        """Central takes no more of what was withdrawn on its way; all else is for the officer."""
        if why.code == WITHDRAWN:
            outbox.withdraw(db, entry.uuid)
            self._clear(db, entry)
            tally.count()
            return
        outbox.quarantine(db, entry.uuid, trouble=why.code, detail=why.detail)
        tally.count(quarantined=1)

    def _put_back(self, db: Database, entry: Entry, why: Unreachable) -> None:
        trouble = {"trouble": why.fault, "detail": why.detail}
        if why.fault.may_be_the_items_own:
            wish = why.retry_after_seconds
            pause = wait(entry.attempts, self.random) if wish is None else timedelta(seconds=wish)
            outbox.postpone(db, entry.uuid, until=self.now() + pause, **trouble)
        else:
            outbox.give_back(db, entry.uuid, at=self.now(), **trouble)

"""The postman's round: deliver what is due, oldest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from sync import outbox
from sync.backoff import wait
from sync.faults import Refused, Unreachable
from sync.manifest import read_manifest
from sync.outbox import Entry, Kind
from sync.parcels import Parcels
from sync.transport import Transport
from sync.wire import MAX_BATCH

LEASE = timedelta(minutes=10)
"""Longer than 6 parts of 300 kB take on a bad 3G line (83 s measured). A restart does not wait for it."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did. `trouble` is why it ended early, if it did."""

    delivered: int
    quarantined: int
    trouble: Unreachable | None = None


@dataclass(frozen=True, slots=True)
class Postman:
    """Everything a round needs; the clock and the dice are handed in."""

    db: Database
    parcels: Parcels
    transport: Transport
    now: Callable[[], datetime]
    random: Callable[[], float]

    def drain(self) -> Round:
        """Deliver what is due, oldest first. Stop if the line is dead; go on past what central refuses."""
        delivered = quarantined = 0
        while entries := outbox.due(self.db, at=self.now(), limit=MAX_BATCH):
            if trouble := self._announce([each for each in entries if each.kind is Kind.DECLARATION]):
                return Round(delivered, quarantined, trouble)
            for _ in entries:
                entry = outbox.claim_next(self.db, at=self.now(), until=self.now() + LEASE)
                if entry is None:
                    break
                try:
                    self._deliver(entry)
                    delivered += 1
                except Refused as why:
                    outbox.quarantine(self.db, entry.uuid, trouble=why.code, detail=why.detail)
                    quarantined += 1
                except Unreachable as why:
                    self._put_back(entry, why)
                    return Round(delivered, quarantined, why)
        return Round(delivered, quarantined)

    def clear(self) -> None:
        """Remove the parts of what central has acknowledged; also those that a crash left behind."""
        for entry in outbox.uncleared(self.db):
            if entry.kind is Kind.DECLARATION:
                self.parcels.remove(read_manifest(entry.manifest))
            outbox.mark_cleared(self.db, entry.uuid)

    def _announce(self, entries: Sequence[Entry]) -> Unreachable | None:
        """Announce all that is due in one question, if it saves any; say what was wrong with the line."""
        if len(entries) < 2:
            return None
        try:
            self.transport.announce(entries)
        except Refused:
            return None  # one by one, then
        except Unreachable as why:
            first = outbox.claim_next(self.db, at=self.now(), until=self.now() + LEASE)
            if first is not None:
                self._put_back(first, why)
            return why
        return None

    def _deliver(self, entry: Entry) -> None:
        receipt = self.transport.deliver(entry)
        word = receipt.acknowledgement
        outbox.settle(self.db, entry.uuid, received_at=receipt.received_at, acknowledgement=word)
        self.clear()

    def _put_back(self, entry: Entry, why: Unreachable) -> None:
        trouble = {"trouble": why.fault, "detail": why.detail}
        if why.fault.may_be_the_items_own:
            wish = why.retry_after_seconds
            pause = wait(entry.attempts, self.random) if wish is None else timedelta(seconds=wish)
            outbox.postpone(self.db, entry.uuid, until=self.now() + pause, **trouble)
        else:
            outbox.give_back(self.db, entry.uuid, at=self.now(), **trouble)

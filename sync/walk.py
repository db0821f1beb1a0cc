"""The postman on his way: rounds over one line, and what he does besides."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass, replace

from sqlite_utils import Database

from sync import link
from sync.backoff import Breaker
from sync.errands import Errands
from sync.faults import LineFault, Refused, Unreachable
from sync.handover import Handover
from sync.pace import Pace
from sync.worker import Postman, Round

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Walk:
    """What one walk needs. Without `handover` there is no relay."""

    db: Database
    postman: Postman
    errands: Errands
    breaker: Breaker
    pace: Pace
    handover: Handover | None = None

    def round(self) -> bool:
        """Make a round by the line, or by the relay while that fails; say whether to make another at once.

        A trouble of the disk passes.
        """
        goes_on = self._by_line()
        return self._by_relay() if self.breaker.is_open else goes_on

    def _by_relay(self) -> bool:
        if self.handover is None:
            return False
        try:
            return self.handover.round()
        except (OSError, sqlite3.OperationalError) as why:
            log.warning("handing over given up: %s", why)
            return False

    def _by_line(self) -> bool:
        if self.pace.is_closed() or not self.breaker.lets_try():
            return False
        was_open = self.breaker.is_open
        try:
            done = self._knocked() or self.postman.drain(batches=1)
            self._learn(done if done.gave_up else replace(done, trouble=self._errands(done, was_open)))
        except (OSError, sqlite3.OperationalError) as why:
            # A full disk or a locked database passes; whatever was claimed is a lease and safe.
            log.warning("round given up: %s", why)
            return False
        return done.delivered > 0 and not done.gave_up

    def once(self) -> Round:
        """Make one round, whatever the hour."""
        done = self.postman.drain()
        self._learn(done)
        if not done.gave_up:
            self.errands.run(at_once=True)
        elif self.handover:
            self.handover.round()
        return done

    def _errands(self, done: Round, was_open: bool) -> Unreachable | None:
        """Run them; at once to find out whether the line or the item is to blame that failed alone."""
        return self.errands.run(at_once=was_open or done.trouble is not None)

    def _knocked(self) -> Round | None:
        """While the breaker is open, a knock must be answered before the queue is touched."""
        if not self.breaker.is_open:
            return None
        try:
            self.postman.transport.knock()
        except Unreachable as why:
            return Round(0, 0, why, gave_up=True)
        except Refused as why:
            return Round(0, 0, Unreachable(LineFault.CENTRAL_BUSY, why.code), gave_up=True)
        return None

    def _learn(self, done: Round) -> None:
        self.breaker.learn(done.trouble, delivered=done.delivered)
        link.note(self.db, done.trouble, at=self.postman.now())
        numbers = {"delivered": done.delivered, "put_aside": done.quarantined}
        if done.delivered or done.quarantined:
            log.info("delivered %(delivered)d, put aside %(put_aside)d", numbers, extra=numbers)
        if done.trouble:
            log.info("line: %s", done.trouble, extra={"trouble": done.trouble.fault})

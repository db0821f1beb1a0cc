"""Fetching what central has to tell, in order, and believing only what it signed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from sync import events
from sync.envelope import BadDocument, BadSignature, canonical
from sync.event import Event, Kind, open_event
from sync.faults import LineFault, Unreachable
from sync.keys import KeysRefused, accept_key_set
from sync.line import Line

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """Everything the errand needs. Shape: `keys` is the folder of the station's keys."""

    db: Database
    line: Line
    central: Ed25519PublicKey
    keys: Path

    def fetch(self) -> int:
        """Fetch all events since the last one here; return how many came.

        A central that was restored from a backup counts on from an older number: then all come again.
        Errors: Unreachable; Refused; OSError.
        """
        came, after, more = 0, events.cursor(self.db), True
        while more:
            told, more, latest = self._ask(after)
            if latest < after:
                after, more = 0, latest > 0
                continue
            self._take(told)
            came += len(told)
            after = max((event.seq for event, _ in told), default=after)
        return came

    def _ask(self, after: int) -> tuple[list[tuple[Event, bytes]], bool, int]:
        answer = self.line.ask("GET", f"/v1/events?after={after}", expect={200}).json()
        try:
            told = [self._believed(canonical(each)) for each in answer["events"]]
            more, latest = answer["more"] is True, int(answer["latest"])
        except BadSignature as why:
            raise Unreachable(LineFault.BAD_SIGNATURE, "an event not signed by the pinned central") from why
        except (BadDocument, KeyError, TypeError, ValueError) as why:
            raise Unreachable(LineFault.CENTRAL_BUSY, "events that cannot be read") from why
        if any(event.seq <= after for event, _ in told) or (more and not told):
            raise Unreachable(LineFault.CENTRAL_BUSY, "events out of order")
        return told, more, latest

    def _believed(self, document: bytes) -> tuple[Event, bytes]:
        return open_event(document, self.central), document

    def _take(self, told: list[tuple[Event, bytes]]) -> None:
        for event, _ in told:
            if event.kind is Kind.KEYS and event.key_set is not None:
                self._take_keys(event.key_set)
        events.keep(self.db, told)  # last: what is kept is not fetched again

    def _take_keys(self, document: str) -> None:
        try:
            key_set = accept_key_set(self.keys, document.encode())
        except KeysRefused as why:
            log.warning("%s", why)  # an old one, told again; the newest is held already
        else:
            log.info("key set %d taken over", key_set.version)

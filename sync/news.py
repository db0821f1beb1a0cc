"""Fetching what central has to tell, in order, and believing only what it signed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from sync import events
from sync.envelope import BadDocument, BadSignature, canonical
from sync.event import Event, Kind, open_event
from sync.faults import LineFault, Unreachable
from sync.keys import KeysRefused, accept_key_set

if TYPE_CHECKING:
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
            take(self.db, self.keys, told)
            came += len(told)
            after = max((event.seq for event, _ in told), default=after)
        return came

    def _ask(self, after: int) -> tuple[list[tuple[Event, bytes]], bool, int]:
        answer = self.line.ask("GET", f"/v1/events?after={after}", expect={200}).json()
        try:
            told = [believed(canonical(each), self.central) for each in answer["events"]]
            more, latest = answer["more"] is True, int(answer["latest"])
        except BadSignature as why:
            raise Unreachable(LineFault.BAD_SIGNATURE, "an event not signed by the pinned central") from why
        except (BadDocument, KeyError, TypeError, ValueError) as why:
            raise Unreachable(LineFault.CENTRAL_BUSY, "events that cannot be read") from why
        if any(event.seq <= after for event, _ in told) or (more and not told):
            raise Unreachable(LineFault.CENTRAL_BUSY, "events out of order")
        return told, more, latest


def believed(document: bytes, central: Ed25519PublicKey) -> tuple[Event, bytes]:
    """Return an event that central signed, with its document.

    Errors: BadDocument; BadSignature.
    """
    return open_event(document, central), document


def take(db: Database, keys: Path, told: Sequence[tuple[Event, bytes]]) -> None:
    """Act on events, and keep them. The same again changes nothing."""
    for event, _ in told:
        if event.kind is Kind.KEYS and event.key_set is not None:
            _take_keys(keys, event.key_set)
    events.keep(db, list(told))  # last: what is kept is not fetched again


def _take_keys(keys: Path, document: str) -> None:
    try:
        key_set = accept_key_set(keys, document.encode())
    except KeysRefused as why:
        log.warning("%s", why)  # an old one, told again; the newest is held already
    else:
        log.info("key set %d taken over", key_set.version)

"""What central tells stations: written down once, signed, and handed out in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlite_utils import Database

from sync.event import Event, Kind, Reason, read_event, sign_event
from sync.times import stamp

PAGE = 100
"""Source: a hundred events of 1.5 kB, the longest, are well below what a station reads in one answer."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes events. The caller holds the transaction, so that a decision and its event are one."""

    db: Database
    key: Ed25519PrivateKey
    at: datetime

    def tell(self, kind: Kind, station: str, declaration: str, reasons: tuple[Reason, ...] = ()) -> None:
        """Tell a station about one of its declarations."""
        self._write(
            Event(
                seq=latest(self.db) + 1,
                kind=kind,
                at=stamp(self.at),
                station=station,
                declaration=declaration,
                reasons=reasons,
            )
        )

    def tell_keys(self, key_set: bytes) -> None:
        """Tell all stations that the keys have changed."""
        seq = latest(self.db) + 1
        self._write(Event(seq=seq, kind=Kind.KEYS, at=stamp(self.at), key_set=key_set.decode()))

    def tell_directory(self, packed: str) -> None:
        """Tell all stations which agencies there are."""
        seq = latest(self.db) + 1
        self._write(Event(seq=seq, kind=Kind.DIRECTORY, at=stamp(self.at), directory=packed))

    def _write(self, event: Event) -> None:
        row: dict[str, Any] = {"seq": event.seq, "station": event.station, "declaration": event.declaration}
        row |= {"kind": event.kind, "document": sign_event(event, self.key)}
        self.db.table("events").insert(row)


def since(db: Database, station: str, after: int) -> list[bytes]:
    """The next events for a station, at most one more than a page. Of directories only the newest counts."""
    where = "seq > ? AND (station = ? OR station IS NULL)"
    where += " AND (kind != 'directory' OR seq = (SELECT max(seq) FROM events WHERE kind = 'directory'))"
    rows = db.table("events").rows_where(where, [after, station], order_by="seq", limit=PAGE + 1)
    return [row["document"] for row in rows]


def directories(db: Database) -> list[Event]:
    """Every directory that was ever told, the oldest first."""
    rows = list(db.table("events").rows_where("kind = ?", [Kind.DIRECTORY], order_by="seq"))
    return [read_event(row["document"]) for row in rows]


def latest(db: Database) -> int:
    """The number of the newest event, whoever it is for; 0 when there is none."""
    [(seq,)] = db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchall()
    return int(seq)


def decision(db: Database, declaration: str) -> Event | None:
    """The last that was decided about a declaration."""
    rows = db.table("events").rows_where("declaration = ?", [declaration], order_by="seq DESC", limit=1)
    found = [read_event(row["document"]) for row in rows]
    return found[0] if found else None

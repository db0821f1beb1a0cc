"""What this station has sealed and how far each has come: for the officer and for `kiosk queue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from kiosk.actions.look_up import Reached, reached_by
from kiosk.store import declarations
from kiosk.store.declarations import SealedDeclaration
from sync import link, outbox
from sync.durable import open_db
from sync.outbox import Kind, State


@dataclass(frozen=True, slots=True)
class Line:
    """One declaration without personal data.

    Shape: `trouble` is the code of the last reason, the line's own as long as it is down;
           kiosk.domain.troubles has a sentence for each.
    Units: times are UTC text; `age_seconds` since the pledge.
    """

    uuid: str
    receipt_code: str
    seq: int
    progress: str
    attempts: int
    sealed_at: str
    age_seconds: int
    received_at: str | None
    trouble: str | None


def list_declarations(db_path: Path, *, at: datetime, limit: int = 500) -> list[Line]:
    """List declarations, the newest first."""
    with open_db(db_path) as db:
        return _lines(db, list(declarations.newest(db, limit)), at)


def list_unsent(db_path: Path, *, at: datetime, limit: int = 500) -> list[Line]:
    """List what central has not received: first what was put aside, then what waits, the oldest first."""
    with open_db(db_path) as db:
        unsent = outbox.unsent(db, limit=limit)
        found = [declarations.find(db, each.uuid) for each in unsent if each.kind is Kind.DECLARATION]
        return _lines(db, [each for each in found if each is not None], at)


def _lines(db: Database, sealed: list[SealedDeclaration], at: datetime) -> list[Line]:
    line = link.seen(db)
    down = line.trouble if line else None
    return [
        _line(each, outbox.entry(db, each.uuid), reached_by(db, each.uuid), at=at, down=down)
        for each in sealed
    ]


def _line(
    declaration: SealedDeclaration,
    entry: outbox.Entry | None,
    reached: Reached,
    *,
    at: datetime,
    down: str | None,
) -> Line:
    waits = entry is not None and entry.state is State.WAITING
    age = at - datetime.fromisoformat(declaration.sealed_at)
    return Line(
        uuid=declaration.uuid,
        receipt_code=declaration.receipt_code,
        seq=declaration.seq,
        progress=reached.progress.value,
        attempts=entry.attempts if entry else 0,
        sealed_at=declaration.sealed_at,
        age_seconds=max(int(age.total_seconds()), 0),  # a clock may have been set back
        received_at=reached.received_at,
        trouble=(down if waits else None) or (entry.trouble if entry else None),
    )

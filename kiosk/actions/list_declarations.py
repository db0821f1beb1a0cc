"""What this station has sealed and how far each has come: for the officer and for `kiosk queue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.actions.look_up import Reached, reached_by
from kiosk.store import declarations
from sync import outbox
from sync.durable import open_db


@dataclass(frozen=True, slots=True)
class Line:
    """One declaration without personal data.

    Shape: `trouble` is the code of the last reason; kiosk.domain.troubles has a sentence for each.
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
        return [
            _line(each, outbox.entry(db, each.uuid), reached_by(db, each.uuid), at)
            for each in declarations.newest(db, limit)
        ]


def _line(
    declaration: declarations.SealedDeclaration, entry: outbox.Entry | None, reached: Reached, at: datetime
) -> Line:
    age = at - datetime.fromisoformat(declaration.sealed_at)
    return Line(
        uuid=declaration.uuid,
        receipt_code=declaration.receipt_code,
        seq=declaration.seq,
        progress=reached.progress.value,
        attempts=entry.attempts if entry else 0,
        sealed_at=declaration.sealed_at,
        age_seconds=int(age.total_seconds()),
        received_at=reached.received_at,
        trouble=entry.trouble if entry else None,
    )

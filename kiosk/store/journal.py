"""The journal: what happened here and when. Never personal data. The caller holds the transaction."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database


class Event(StrEnum):
    """What is worth writing down."""

    STARTED = "started"
    PLEDGED = "pledged"
    PRINTED = "printed"
    PRINT_FAILED = "print-failed"
    REPRINTED = "reprinted"
    FOUND = "found"


def note(db: Database, event: Event, *, at: datetime, subject: str = "", detail: str = "") -> None:
    """Write one line. `subject` is a receipt code or a count, `detail` a fixed word."""
    row = {"at": stamp(at), "event": event.value, "subject": subject, "detail": detail}
    db.table("journal").insert(row)


def stamp(at: datetime) -> str:
    """UTC text of fixed width, so that it sorts."""
    return at.isoformat(timespec="milliseconds")

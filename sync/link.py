"""How the line was when it was last tried, kept so that the officer can be told why everything waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from sync.durable import writing
from sync.faults import Unreachable
from sync.times import stamp


@dataclass(frozen=True, slots=True)
class Link:
    """The line as it is. Shape: `trouble` is a code, None while it carries.

    Units: `since` is the station's clock, UTC text with milliseconds.
    """

    trouble: str | None
    detail: str | None
    since: str


def note(db: Database, trouble: Unreachable | None, *, at: datetime) -> None:
    """Write down how the line is, if that is news: a night without a network costs one write."""
    code = None if trouble is None else trouble.fault.value
    known = seen(db)
    if known is not None and known.trouble == code:
        return
    row = {"id": 1, "trouble": code, "detail": trouble and trouble.detail, "since": stamp(at)}
    with writing(db):
        db.table("link").upsert(row, pk="id")


def seen(db: Database) -> Link | None:
    """How the line was when it was last tried; None before the first try."""
    rows = list(db.table("link").rows)
    return Link(rows[0]["trouble"], rows[0]["detail"], rows[0]["since"]) if rows else None

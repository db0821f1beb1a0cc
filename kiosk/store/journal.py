"""The journal: what happened here and when, each line chained to the one before.

The caller holds the transaction. Never personal data: a line holds a code, a count or a digest, and `note`
takes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlite_utils import Database

from sync.envelope import canonical

FIRST = ""
"""What the first line of a journal is chained to."""

_HARMLESS = re.compile(r"[0-9A-Za-z.*~$=-]{0,64}")  # no space, so no name; no room for a sentence


class Event(StrEnum):
    """What is worth writing down."""

    STARTED = "started"
    PLEDGED = "pledged"
    PRINTED = "printed"
    PRINT_FAILED = "print-failed"
    REPRINTED = "reprinted"
    SLIP_SETTLED = "slip-settled"
    FOUND = "found"
    BACKED_UP = "backed-up"
    RESTORED = "restored"
    RECOVERED = "recovered"
    DELETED = "deleted"
    WITHDRAWN = "withdrawn"
    AGENCIES = "agencies"
    OFFICER_ADDED = "officer-added"
    OFFICER_REMOVED = "officer-removed"
    PIN_CHANGED = "pin-changed"
    ADJUSTED = "adjusted"
    LOGGED_IN = "logged-in"
    LOGIN_REFUSED = "login-refused"


class BrokenChain(Exception):
    """A line was changed, removed or put in; the message says where the chain breaks."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. Shape: `prev` is the sha256 of the line before it, `sha256` of this one with its `prev`."""

    id: int
    at: str
    event: str
    subject: str
    detail: str
    prev: str
    sha256: str


def note(db: Database, event: Event, *, at: datetime, subject: str = "", detail: str = "") -> None:
    """Write one line. `subject` is a receipt code, an officer's number, a count or a file's name,
    `detail` a word or a digest.

    Errors: ValueError for anything that could be a person's.
    """
    if not _HARMLESS.fullmatch(subject) or not _HARMLESS.fullmatch(detail):
        raise ValueError("not for the journal")
    last = end(db)
    row: dict[str, Any] = {"id": last.id + 1 if last else 1, "at": stamp(at), "event": event.value}
    row |= {"subject": subject, "detail": detail, "prev": last.sha256 if last else FIRST}
    db.table("journal").insert(row | {"sha256": digest(row)})


def end(db: Database) -> Line | None:
    """Return the last line, or None."""
    rows = list(db.table("journal").rows_where(order_by="id desc", limit=1))
    return Line(**rows[0]) if rows else None


def lines(db: Database, *, after: int = 0, limit: int | None = None) -> Iterator[Line]:
    """Return the lines in order."""
    rows = db.table("journal").rows_where("id > ?", [after], order_by="id", limit=limit)
    return (Line(**row) for row in list(rows))


def newest(db: Database, event: Event) -> Line | None:
    """Return the last line of this kind, or None."""
    rows = db.table("journal").rows_where("event = ?", [event.value], order_by="id desc", limit=1)
    return next((Line(**row) for row in list(rows)), None)


def count(db: Database, event: Event, subject: str) -> int:
    """Return how many lines of this kind are about a subject that begins like this."""
    query = "SELECT count(*) FROM journal WHERE event = ? AND substr(subject, 1, ?) = ?"
    [(number,)] = db.execute(query, [event.value, len(subject), subject]).fetchall()
    return int(number)


def prune(db: Database, *, before: datetime, at: datetime) -> int:
    """Delete lines older than this; a line tells how many, and what the chain now begins with.

    The last line always stays: the next is chained to it.
    """
    [(young, newest_id)] = db.execute(
        "SELECT min(id) FILTER (WHERE at >= ?), max(id) FROM journal", [stamp(before)]
    ).fetchall()
    last = (young or newest_id or 0) - 1  # a beginning only: the clock may have been anywhere in between
    if not db.execute("SELECT 1 FROM journal WHERE id <= ? LIMIT 1", [last]).fetchall():
        return 0
    row = db.table("journal").get(last)
    number = int(db.execute("DELETE FROM journal WHERE id <= ?", [last]).rowcount)
    note(db, Event.DELETED, at=at, subject=str(number), detail=row["sha256"])
    return number


def verify(chain: Iterator[Line]) -> int:
    """Follow the chain from its first line to its last; return how many lines it has.

    A journal whose beginning was deleted in good time says so itself, further down.
    Errors: BrokenChain.
    """
    begins, prev, number, told = FIRST, None, 0, set()
    for line in chain:
        row = asdict(line)
        if digest({name: row[name] for name in row if name != "sha256"}) != line.sha256:
            raise BrokenChain(f"line {line.id} was changed")
        if prev is not None and line.prev != prev:
            raise BrokenChain(f"before line {line.id} something is missing")
        begins = line.prev if prev is None else begins
        prev, number = line.sha256, number + 1
        if line.event == Event.DELETED:
            told.add(line.detail)
    if begins != FIRST and begins not in told:
        raise BrokenChain("the beginning is missing")
    return number


def digest(row: dict[str, Any]) -> str:
    """What a line is called by the next: the sha256 of its only spelling."""
    return sha256(canonical(row)).hexdigest()


def stamp(at: datetime) -> str:
    """UTC text of fixed width, so that it sorts."""
    return at.isoformat(timespec="milliseconds")

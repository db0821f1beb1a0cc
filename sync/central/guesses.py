"""Wrong guesses at a receipt's PIN: five, then a wait. Kept in the database, for all of central's workers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from sync.durable import writing
from sync.times import stamp

TRIES = 5
WAIT = timedelta(minutes=5)
"""Source: design.md, section 9; six characters of 32 make guessing hopeless at this pace."""


def must_wait(db: Database, code: str, at: datetime) -> bool:
    """Say whether nobody may guess at this code just now."""
    rows = list(db.table("guesses").rows_where("code = ? AND at > ?", [code, stamp(at - WAIT)]))
    return bool(rows) and rows[0]["wrong"] >= TRIES


def wrong(db: Database, code: str, at: datetime) -> None:
    """Note a wrong guess. What is older than the wait is forgotten, so the table stays small."""
    with writing(db):
        db.execute("DELETE FROM guesses WHERE at <= ?", [stamp(at - WAIT)])
        db.execute(
            "INSERT INTO guesses (code, wrong, at) VALUES (?, 1, ?) "
            "ON CONFLICT (code) DO UPDATE SET wrong = wrong + 1, at = excluded.at",
            [code, stamp(at)],
        )


def right(db: Database, code: str) -> None:
    """Forget the wrong guesses: the holder knew it after all."""
    with writing(db):
        db.execute("DELETE FROM guesses WHERE code = ?", [code])

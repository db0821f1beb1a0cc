"""The station's database: its tables, and how it is opened. The queue's own tables belong to sync."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from kiosk.store import journal
from sync import events, outbox
from sync.durable import open_db, writing

migrations = Migrations("kiosk")


def prepare(path: Path) -> None:
    """Create or upgrade the database of a station.

    Errors: sqlite3.DatabaseError, when the file is damaged.
    """
    with open_db(path) as db:
        with writing(db):
            migrations.apply(db)
        outbox.prepare(db)
        events.prepare(db)


def quick_check(path: Path) -> str | None:
    """Say what is wrong with a database; None when it is whole.

    Errors: sqlite3.OperationalError, when it could not be looked at: that proves nothing.
    """
    try:
        with open_db(path) as db:
            [(answer,)] = db.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as why:
        return str(why)
    return None if answer == "ok" else str(answer)


@migrations()
def m0001_declarations(db: Database) -> None:
    """Sealed declarations: what stays readable after the pledge. Their state is the outbox's business."""
    db.table("declarations").create(
        {
            "uuid": str,
            "seq": int,
            "receipt_code": str,
            "procedure": str,
            "agency": str,
            "sealed_at": str,
            "pin_salt": bytes,
            "pin_scrypt": bytes,
            "token_sha256": str,
        },
        pk="uuid",
        not_null={
            "seq",
            "receipt_code",
            "procedure",
            "agency",
            "sealed_at",
            "pin_salt",
            "pin_scrypt",
            "token_sha256",
        },
        strict=True,
    )
    db.table("declarations").create_index(["seq"], unique=True)
    db.table("declarations").create_index(["receipt_code"], unique=True)


@migrations()
def m0002_chain(db: Database) -> None:
    """The station's last sequence number and manifest: what the next declaration is chained to. One row."""
    db.table("chain").create(
        {"id": int, "seq": int, "manifest_sha256": str}, pk="id", not_null={"seq"}, strict=True
    )
    db.table("chain").insert({"id": 1, "seq": 0, "manifest_sha256": None})


@migrations()
def m0003_print_jobs(db: Database) -> None:
    """Slips to print, by receipt code: never their content, which holds the PIN."""
    db.table("print_jobs").create(
        {
            "uuid": str,
            "receipt_code": str,
            "state": str,
            "trouble": str,
            "copies": int,
            "visit_sha256": str,
            "made_at": str,
            "changed_at": str,
        },
        pk="uuid",
        not_null={"receipt_code", "state", "copies", "visit_sha256", "made_at", "changed_at"},
        strict=True,
    )


@migrations()
def m0004_journal(db: Database) -> None:
    """What happened at this station, without personal data."""
    db.table("journal").create(
        {"id": int, "at": str, "event": str, "subject": str, "detail": str},
        pk="id",
        not_null={"at", "event", "subject", "detail"},
        strict=True,
    )


@migrations()
def m0005_journal_chain(db: Database) -> None:
    """Each line of the journal is chained to the one before; the old lines are chained as they stand."""
    for column in ("prev", "sha256"):
        db.table("journal").add_column(column, str, not_null_default="")
    prev = journal.FIRST
    for row in list(db.table("journal").rows_where(order_by="id")):
        chained = {**row, "prev": prev}
        del chained["sha256"]
        prev = journal.digest(chained)
        db.table("journal").update(row["id"], {"prev": chained["prev"], "sha256": prev})


@migrations()
def m0006_officers(db: Database) -> None:
    """Who may log in at this station. No names: the office knows whose number it is."""
    db.table("officers").create(
        {"number": str, "role": str, "pin_hash": str, "wrong": int},
        pk="number",
        not_null={"role", "pin_hash", "wrong"},
        strict=True,
    )


@migrations()
def m0007_replaces(db: Database) -> None:
    """Which earlier declaration of this station a declaration stands for."""
    db.table("declarations").add_column("replaces", str)
    db.table("declarations").create_index(["replaces"])

"""Slips to print: their states, never their content. The caller holds the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from kiosk.store.journal import stamp


class PrintState(StrEnum):
    """How far a slip has come.

    `interrupted`: the station stopped, or the printer fell silent, before it could be told; `dismissed`: it
    has not come out, and nobody wants it: the officer says so, or the station has no printer.
    """

    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One slip. `visit_sha256` lets the browser that pledged learn that its declaration is safe."""

    uuid: str
    receipt_code: str
    state: str
    trouble: str | None
    copies: int
    visit_sha256: str
    made_at: str
    changed_at: str


def add(db: Database, *, uuid: str, receipt_code: str, visit_sha256: str, at: datetime) -> None:
    """Ask for a slip; part of the pledge's one commit."""
    row = {"uuid": uuid, "receipt_code": receipt_code, "visit_sha256": visit_sha256}
    row |= {"state": PrintState.WAITING.value, "made_at": stamp(at), "changed_at": stamp(at)}
    db.table("print_jobs").insert({**row, "trouble": None, "copies": 0})


def mark(db: Database, uuid: str, state: PrintState, *, at: datetime, trouble: str | None = None) -> None:
    """Note how far a slip has come; a printed one counts as a copy."""
    db.execute(
        "UPDATE print_jobs SET state = ?, trouble = ?, changed_at = ?, copies = copies + ? WHERE uuid = ?",
        [state.value, trouble, stamp(at), int(state is PrintState.PRINTED), uuid],
    )


def get(db: Database, uuid: str) -> PrintJob | None:
    """The slip of a declaration, or None."""
    try:
        return PrintJob(**db.table("print_jobs").get(uuid))
    except NotFoundError:
        return None


def unfinished(db: Database) -> list[PrintJob]:
    """Slips the officer should look at, oldest first."""
    settled = [PrintState.PRINTED.value, PrintState.DISMISSED.value]
    rows = db.table("print_jobs").rows_where("state NOT IN (?, ?)", settled, order_by="made_at")
    return [PrintJob(**row) for row in rows]


def of_visit(db: Database, visit_sha256: str) -> PrintJob | None:
    """The slip of the last pledge made in this visit, or None."""
    rows = db.table("print_jobs").rows_where("visit_sha256 = ?", [visit_sha256], order_by="made_at desc")
    return next((PrintJob(**row) for row in list(rows)), None)


def forget(db: Database, uuid: str) -> None:
    """Remove the slip of a declaration that is forgotten."""
    db.execute("DELETE FROM print_jobs WHERE uuid = ?", [uuid])


def interrupt(db: Database, *, at: datetime) -> int:
    """After a restart nobody knows whether a slip came out: leave it to the officer. Returns how many."""
    return int(
        db.execute(
            "UPDATE print_jobs SET state = ?, changed_at = ? WHERE state IN (?, ?)",
            [PrintState.INTERRUPTED.value, stamp(at), PrintState.WAITING.value, PrintState.PRINTING.value],
        ).rowcount
    )

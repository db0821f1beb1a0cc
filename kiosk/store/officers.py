"""Who may log in at this station: number, role, and what proves the PIN. The caller holds the transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from kiosk.domain.officers import Officer, Role


@dataclass(frozen=True, slots=True, repr=False)
class KnownOfficer:
    """An officer as the station keeps one. `wrong` counts wrong PINs since the last right one."""

    officer: Officer
    pin_hash: str
    wrong: int


def add(db: Database, officer: Officer, pin_hash: str) -> None:
    """Insert an officer.

    Errors: sqlite3.IntegrityError, if the number is taken.
    """
    row = {"number": officer.number, "role": officer.role.value, "pin_hash": pin_hash, "wrong": 0}
    db.table("officers").insert(row)


def find(db: Database, number: str) -> KnownOfficer | None:
    """The officer with this number, or None."""
    try:
        row = db.table("officers").get(number)
    except NotFoundError:
        return None
    return KnownOfficer(Officer(row["number"], Role(row["role"])), row["pin_hash"], row["wrong"])


def everybody(db: Database) -> list[Officer]:
    """All officers, by number."""
    rows = db.table("officers").rows_where(select="number, role", order_by="number")
    return [Officer(row["number"], Role(row["role"])) for row in rows]


def remove(db: Database, number: str) -> None:
    """Remove an officer; what an officer did stays in journal and declarations."""
    db.execute("DELETE FROM officers WHERE number = ?", [number])


def change_pin(db: Database, number: str, pin_hash: str) -> None:
    """Keep another PIN; wrong guesses at the old one are forgotten."""
    db.execute("UPDATE officers SET pin_hash = ?, wrong = 0 WHERE number = ?", [pin_hash, number])


def count_wrong(db: Database, number: str, wrong: int) -> None:
    """Keep how many wrong PINs there were, for after a restart; 0 after a right one."""
    db.execute("UPDATE officers SET wrong = ? WHERE number = ?", [wrong, number])

"""Read a station's store through, changing nothing: is everything that was promised there and whole?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from kiosk.actions.back_up import BadBackup, copies, prove
from kiosk.store import journal
from kiosk.store.journal import BrokenChain
from sync import outbox
from sync.durable import open_db
from sync.envelope import BadDocument
from sync.keys import device_key
from sync.manifest import digest_of, open_manifest
from sync.parcels import DamagedPart, Parcels


@dataclass(frozen=True, slots=True)
class Inspected:
    """One part of the store."""

    what: str
    is_whole: bool
    sentence: str


def inspect_store(data_dir: Path) -> list[Inspected]:
    """Inspect database, journal, what waits, and the backups.

    Errors: BadKeyFile; OSError; sqlite3.OperationalError, when the database could not be looked at.
    """
    parcels, station = Parcels(data_dir), device_key(data_dir / "keys").public_key()
    with open_db(data_dir / "station.db") as db:
        found = [
            _inspect("database", partial(_database, db)),
            _inspect("journal", partial(_journal, db)),
            _inspect("waiting", partial(_waiting, db, parcels, station)),
        ]
    return found + [_inspect("backup", partial(_backup, path)) for path in copies(data_dir)]


class _Damaged(Exception):
    pass


def _inspect(what: str, look: Callable[[], str]) -> Inspected:
    try:
        return Inspected(what, is_whole=True, sentence=look())
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, BrokenChain, BadBackup, _Damaged) as why:
        return Inspected(what, is_whole=False, sentence=f"{why}.")


def _database(db: Database) -> str:
    findings = [str(row[0]) for row in db.execute("PRAGMA integrity_check(3)").fetchall()]
    if findings != ["ok"]:
        raise _Damaged("; ".join(findings))
    return "whole, every index too."


def _journal(db: Database) -> str:
    return f"{journal.verify(journal.lines(db))} lines, chained."


def _waiting(db: Database, parcels: Parcels, station: Ed25519PublicKey) -> str:
    """What central may still ask for. Parts of a declaration it has acknowledged already are no loss."""
    waiting = outbox.entries(db, limit=-1, state=outbox.State.WAITING)
    for entry in waiting:
        if entry.kind is not outbox.Kind.DECLARATION:
            continue
        try:
            manifest = open_manifest(entry.manifest, station)
            for part in manifest.parts:
                parcels.read_part(part)
        except (BadDocument, DamagedPart, OSError) as why:
            raise _Damaged(f"{digest_of(entry.manifest)[:12]}: a part or the manifest is damaged") from why
    return f"{len(waiting)} items, signed and whole."


def _backup(path: Path) -> str:
    number, _ = prove(path)
    return f"{path.name}: whole, up to declaration {number}."

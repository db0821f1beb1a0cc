"""Copies of the database: made at night, proved, a few kept."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from kiosk.actions.keep_adjustments import keep_adjustments
from kiosk.presence import nobody_here
from kiosk.store import declarations, journal
from kiosk.store.journal import Event
from sync.durable import open_db, sync_folder, writing

LOCAL = timedelta(hours=7)  # Vietnam has one zone and no summer time
_SHAPE = "station-%Y%m%dT%H%M%SZ.db"


class SomebodyIsHere(Exception):
    """A visit is under way; a backup waits."""


class BadBackup(Exception):
    """A copy of the database that is not whole; the message says what SQLite found."""


def back_up(data_dir: Path, *, kept: int, at: datetime) -> Path:
    """Copy the database, prove the copy, and keep only so many; beside them what was changed at the screen.

    Return the copy.

    Errors: SomebodyIsHere; BadBackup; OSError (disk full); sqlite3.Error. A half copy is removed.
    """
    with nobody_here(data_dir) as free:
        if not free:
            raise SomebodyIsHere
        path = _copy(data_dir, at)
    keep = _ranked(data_dir)[:kept]
    for old in copies(data_dir):
        if old not in keep:
            old.unlink()
    with open_db(data_dir / "station.db") as db, writing(db):
        journal.note(db, Event.BACKED_UP, at=at, subject=path.name)
    keep_adjustments(data_dir)
    return path


def is_due(data_dir: Path, *, hour: int, at: datetime) -> bool:
    """Say whether no copy was made since this hour of Vietnam's clock last struck."""
    local = at + LOCAL
    struck = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if struck > local:
        struck -= timedelta(days=1)
    made = (moment(path) for path in copies(data_dir))
    return not any(struck - LOCAL <= each <= at for each in made)  # one from the future proves nothing


def newest_good(data_dir: Path) -> Path | None:
    """Return the copy that knows most and is whole; None when there is none."""
    return next(iter(_ranked(data_dir)), None)


def prove(path: Path) -> tuple[int, int]:
    """Read a copy through, every index too; return the numbers of its last declaration and journal line.

    Errors: BadBackup.
    """
    try:
        with Database(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            findings = [str(row[0]) for row in db.execute("PRAGMA integrity_check(3)").fetchall()]
            if findings != ["ok"]:
                raise BadBackup(f"{path.name}: {'; '.join(findings)}")
            last = journal.end(db)
            return declarations.chain_end(db).seq, last.id if last else 0
    except sqlite3.DatabaseError as why:
        raise BadBackup(f"{path.name}: {why}") from why


def moment(path: Path) -> datetime:
    """When a copy was made, by the station's clock, as its name says."""
    return datetime.strptime(path.name, _SHAPE).replace(tzinfo=UTC)


def _copy(data_dir: Path, at: datetime) -> Path:
    folder = data_dir / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / at.astimezone(UTC).strftime(_SHAPE)
    temporary = folder / f".{path.name}.part"
    temporary.unlink(missing_ok=True)
    try:
        with open_db(data_dir / "station.db") as db:
            db.execute("VACUUM INTO ?", [str(temporary)])
        temporary.chmod(0o600)
        _sync(temporary)  # SQLite leaves that to the operating system here
        prove(temporary)
        temporary.replace(path)
    except (OSError, sqlite3.Error, BadBackup):
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return path


def _ranked(data_dir: Path) -> list[Path]:
    """The whole copies, the one that knows most first: by numbers, since clocks lie."""
    known: list[tuple[tuple[int, int], str, Path]] = []
    for path in copies(data_dir):
        try:
            known.append((prove(path), path.name, path))
        except BadBackup:
            continue
    return [path for *_, path in sorted(known, reverse=True)]


def copies(data_dir: Path) -> list[Path]:
    """List the copies, good or not, the oldest name first."""
    return sorted((data_dir / "backups").glob("station-????????T??????Z.db"))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

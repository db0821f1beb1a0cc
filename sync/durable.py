"""What survives a pulled plug: how the station's database is opened and written, and how a file is laid down.

Lives in sync because both processes of the station need it, and sync imports nothing of kiosk.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sqlite_utils import Database

BUSY_SECONDS = 30.0
COMMIT_SECONDS = 10.0
_one_writer = threading.Lock()


def open_db(path: Path | str) -> Database:
    """Open the file so that a pulled power plug loses nothing we promised.

    EXTRA makes "saved" mean "on the disk", which is what the printed receipt tells
    the citizen; no WAL, because Debian 12's SQLite can corrupt one (docs/decisions.md).
    One connection for one thread: open another elsewhere.
    """
    db = Database(path, strict=True, execute_plugins=False)  # nothing installed beside us has business in it
    for pragma in (
        "journal_mode = TRUNCATE",
        "synchronous = EXTRA",
        "foreign_keys = ON",
        "busy_timeout = 5000",
    ):
        db.execute(f"PRAGMA {pragma}").fetchall()
    return db


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """All or nothing, for every write in the house.

    IMMEDIATE takes the write lock before the first read, so two processes wait for
    each other instead of failing half-way with "database is locked". Inside one process
    a lock does the waiting, because SQLite's own is unfair.
    Errors: sqlite3.OperationalError, when the database stayed locked; nothing was written then.
    """
    with _one_writer:
        _repeat_while_locked(db, "BEGIN IMMEDIATE", BUSY_SECONDS)
        try:
            yield
            # A reader in another process can make COMMIT answer "locked" and leave the transaction open.
            _repeat_while_locked(db, "COMMIT", COMMIT_SECONDS)
        except BaseException:
            db.conn.rollback()
            raise


def _repeat_while_locked(db: Database, statement: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            db.conn.execute(statement)
        except sqlite3.OperationalError as why:
            if "locked" not in str(why) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
        else:
            return


def write_durably(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Lay a file down so that after a power cut it is whole or absent.

    Errors: OSError (disk full, read-only); a half-written temporary file is removed.
    """
    with writing_durably(path, mode=mode) as file:
        file.write(data)


@contextmanager
def writing_durably(path: Path, *, mode: int = 0o600) -> Iterator[BinaryIO]:
    """Do the same with what is written piece by piece inside the block.

    Errors: OSError; on this and on any other, a half-written temporary file is removed.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # a stick that was pulled out takes its temporary file along
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable: a rename is not on the disk before this."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

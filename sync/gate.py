"""Who may replace the database under whom: it is shared by all who have it open, and one alone may mend it.

SQLite finds a journal by its name: who has a database open that was moved away would leave his next journal
beside the new one, and it would be rolled back into it.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.wake import ring

PATIENCE_SECONDS = 120.0
"""The postman looks up between two deliveries; 6 parts of 300 kB take 83 s on a bad 3G line (measured)."""

_LOCK, _WANTED = "database.lock", "database.wanted"


class DatabaseInUse(Exception):
    """Another process has the database open and does not let go."""


@contextmanager
def using(station: Path) -> Iterator[None]:
    """Have the database open for a longer time; waits while it is being mended."""
    with (station / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        (station / _WANTED).unlink(missing_ok=True)  # of somebody who gave up; whoever still waits asks again
        yield


def is_wanted(station: Path) -> bool:
    """Say whether somebody waits to mend the database: close it for a second."""
    return (station / _WANTED).exists()


@contextmanager
def alone_with_database(station: Path, seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Have the database to oneself.

    Errors: DatabaseInUse.
    """
    wanted, deadline = station / _WANTED, time.monotonic() + seconds
    with (station / _LOCK).open("w") as lock:
        try:
            while True:
                wanted.touch()
                ring(station)
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise DatabaseInUse("kiosk sync has the database open; stop it first") from None
                    time.sleep(0.05)
        finally:
            wanted.unlink(missing_ok=True)
        yield

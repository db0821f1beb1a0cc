"""Tells other processes that somebody is at the screen: a lock on an empty file, never a content."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE_SECONDS = 2.0
"""A backup of a station's database takes less; nobody waits longer for one."""

_NAME = "visit.lock"


class Presence:
    """The screen's side: holds the lock while there is a visit."""

    def __init__(self, data_dir: Path) -> None:
        self._file = (data_dir / _NAME).open("w")

    def come(self) -> None:
        """Somebody is here. Waits a moment for a backup under way, which ends long before a pledge."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(BlockingIOError):
                return fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            time.sleep(0.02)
        return None

    def go(self) -> None:
        """Nobody is here any more. Safe to repeat."""
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Give the lock back."""
        self._file.close()


@contextmanager
def nobody_here(data_dir: Path) -> Iterator[bool]:
    """Say whether nobody is at the screen; if so, the next visitor waits a moment for the block to end."""
    with (data_dir / _NAME).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def somebody_here(data_dir: Path) -> bool:
    """Say whether somebody is at the screen of this station; False, too, to whom may not look there."""
    try:
        with (data_dir / _NAME).open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (FileNotFoundError, PermissionError):
        return False
    except BlockingIOError:
        return True
    return False

"""At most one screen serves a station: a lock that `kiosk serve` holds as long as it runs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.cli.context import fail

_NAME = "serve.lock"


@contextmanager
def only_screen(data_dir: Path) -> Iterator[None]:
    """Be the one who serves, or who works where nobody may; end the command where somebody serves already."""
    try:
        lock = (data_dir / _NAME).open("w")
    except OSError as why:
        fail(f"{data_dir} cannot be written ({why.strerror}); run as the user it belongs to")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fail(f"kiosk serve is running on {data_dir}; stop it first")
        yield


def is_served(data_dir: Path) -> bool:
    """Say whether a screen serves this station now."""
    with (data_dir / _NAME).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False

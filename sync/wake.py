"""The postman's doorbell: a datagram on a Unix socket says that there is something to carry."""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_NAME = "postman.sock"


def ring(station: Path) -> None:
    """Wake the postman of this station, if he is there. Never waits or fails: the timer is the backstop."""
    with (
        suppress(OSError),
        _short(station) as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell,
    ):
        bell.settimeout(0)
        bell.sendto(b"!", f"{folder}/{_NAME}")


@dataclass(frozen=True, slots=True)
class Doorbell:
    """The postman's side of it."""

    socket: socket.socket

    def wait(self, seconds: float) -> None:
        """Return when somebody rings, or when the time is up. Many rings at once count as one."""
        select.select([self.socket], [], [], seconds)
        with suppress(BlockingIOError):
            while self.socket.recv(16):
                pass


@contextmanager
def doorbell(station: Path) -> Iterator[Doorbell]:
    """Hang the bell; only the station's own user can ring it.

    Errors: OSError.
    """
    with _short(station) as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        path = station / _NAME
        path.unlink(missing_ok=True)  # of a postman who was killed
        bell.bind(f"{folder}/{_NAME}")
        path.chmod(0o600)
        bell.settimeout(0)
        try:
            yield Doorbell(bell)
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _short(folder: Path) -> Iterator[str]:
    # A socket's address holds 108 bytes; a path through an open folder is always shorter.
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)

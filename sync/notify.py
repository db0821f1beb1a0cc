"""Telling systemd how this process is. Twelve lines instead of a package last released in 2017."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

READY = "READY=1"
ALIVE = "WATCHDOG=1"


def notify(state: str) -> None:
    """Tell whoever started this process; nothing happens where that is not systemd.

    Source: sd_notify(3): a datagram to $NOTIFY_SOCKET, whose leading @ stands for NUL.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        line.connect("\0" + address[1:] if address.startswith("@") else address)
        line.send(state.encode())


def is_watched() -> bool:
    """Whether somebody waits for signs of life."""
    return "NOTIFY_SOCKET" in os.environ

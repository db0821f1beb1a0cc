"""What wakes the postman: a datagram on his doorbell, or the kernel's word that a way has opened."""

from __future__ import annotations

import errno
import select
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sync.sockets import short

_NAME = "postman.sock"
_NEW_ADDRESS, _NEW_ROUTE = 20, 24
_GROUPS = 0x10 | 0x40 | 0x100 | 0x400  # addresses and routes, IPv4 and IPv6
_HEADER = struct.Struct("=IHHII")
"""Source: rtnetlink(7): RTM_NEWADDR, RTM_NEWROUTE, RTMGRP_*; netlink(7): struct nlmsghdr."""


def ring(station: Path) -> None:
    """Wake the postman of this station, if he is there. Never waits or fails: the timer is the backstop."""
    with (
        suppress(OSError),
        short(station) as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell,
    ):
        bell.settimeout(0)
        bell.sendto(b"!", f"{folder}/{_NAME}")


@dataclass(frozen=True, slots=True)
class Doorbell:
    """The postman's side of it. Shape: `network` is None where the kernel does not tell."""

    bell: socket.socket
    network: socket.socket | None

    def wait(self, seconds: float) -> bool:
        """Return when somebody rings, a way opens, or the time is up; say whether a way has opened.

        Many rings at once count as one.
        """
        ears = [each for each in (self.bell, self.network) if each is not None]
        select.select(ears, [], [], seconds)
        _emptied(self.bell)
        return self.network is not None and any(_opens_a_way(each) for each in _emptied(self.network))


@contextmanager
def doorbell(station: Path) -> Iterator[Doorbell]:
    """Hang the bell; only the station's own user can ring it.

    Errors: OSError.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(short(station))
        bell = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        network = _network()
        if network is not None:
            stack.enter_context(network)
        path = station / _NAME
        path.unlink(missing_ok=True)  # of a postman who was killed
        bell.bind(f"{folder}/{_NAME}")
        path.chmod(0o600)
        bell.settimeout(0)
        try:
            yield Doorbell(bell, network)
        finally:
            path.unlink(missing_ok=True)


def _network() -> socket.socket | None:
    """An ear for new addresses and routes; needs no rights. The timer is the backstop where there is none."""
    try:
        ear = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    except OSError:
        return None
    try:
        ear.bind((0, _GROUPS))
    except OSError:
        ear.close()
        return None
    ear.settimeout(0)
    return ear


def _emptied(ear: socket.socket) -> list[bytes]:
    heard: list[bytes] = []
    with suppress(BlockingIOError):
        while data := _heard(ear):
            heard.append(data)
    return heard


def _heard(ear: socket.socket) -> bytes:
    try:
        return ear.recv(65536)
    except OSError as why:
        if why.errno == errno.ENOBUFS:  # the kernel said more than we could hear: something has changed
            return _HEADER.pack(_HEADER.size, _NEW_ROUTE, 0, 0, 0)
        raise


def _opens_a_way(data: bytes) -> bool:
    while len(data) >= _HEADER.size:
        length, kind, *_ = _HEADER.unpack_from(data)
        if kind in {_NEW_ADDRESS, _NEW_ROUTE}:
            return True
        data = data[max((length + 3) & ~3, _HEADER.size) :]  # messages start at multiples of four
    return False

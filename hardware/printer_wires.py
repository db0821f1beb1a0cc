"""Ways to reach a printer: each connects anew for every job, so that one plugged back in is found."""

from __future__ import annotations

import errno
import os
import select
import socket
from pathlib import Path
from typing import Protocol

import serial

CONNECT_SECONDS = 0.4
STALL_SECONDS = 5.0  # no byte taken for so long: the printer has stopped, not merely slowed down
_RAW_PORT = 9100
_AHEAD_BYTES = 16_384  # so that “sent” never means much more than what the printer has taken
_BAUD = 115_200  # a slip is 110 kB: 10 s at this rate, 58 s at 19,200


class Wire(Protocol):
    """Bytes to a printer and, where `two_way`, back again. Every call may raise OSError."""

    @property
    def two_way(self) -> bool:
        """Whether answers can be expected at all."""

    def send(self, data: bytes) -> None:
        """Return once everything is handed over."""

    def receive(self, seconds: float) -> bytes:
        """Return what comes within the time, or nothing."""

    def finish(self) -> None:
        """That was the whole slip, of a wire nothing comes back from: see it on its way.

        Errors: TimeoutError or ConnectionError, when it was handed over and nobody knows what became of it;
                any other OSError, when it will not come out.
        """

    def close(self) -> None:
        """Hang up. Safe to call twice."""


class _Connection(Protocol):
    def fileno(self) -> int: ...
    def close(self) -> None: ...


class DescriptorWire:
    """A wire over anything that has a file descriptor: socket, serial port, device file."""

    def __init__(
        self, connection: _Connection, *, two_way: bool = True, stall_seconds: float = STALL_SECONDS
    ) -> None:
        self.two_way = two_way
        self._connection = connection
        self._stall_seconds = stall_seconds
        os.set_blocking(connection.fileno(), False)

    def send(self, data: bytes) -> None:
        """Return once everything is handed over; TimeoutError when nothing moves."""
        left = memoryview(data)
        while left:
            if not self._ready(select.POLLOUT, self._stall_seconds):
                raise TimeoutError(errno.ETIMEDOUT, "the printer takes no more")
            left = left[os.write(self._connection.fileno(), left) :]

    def receive(self, seconds: float) -> bytes:
        """Return what comes within the time, or nothing; ConnectionResetError after a hang-up."""
        if not self._ready(select.POLLIN, seconds):
            return b""
        answer = os.read(self._connection.fileno(), 64)
        if not answer:
            raise ConnectionResetError(errno.ECONNRESET, "the printer hung up")
        return answer

    def finish(self) -> None:
        """Nothing is left to do: it went piece by piece."""

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ready(self, event: int, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._connection.fileno(), event)
        return bool(poll.poll(max(0, seconds) * 1000))


def connect_network(address: str, *, stall_seconds: float = STALL_SECONDS) -> Wire:
    """Reach "host" or "host:port"; 9100 is where network printers listen."""
    host, _, port = address.partition(":")
    try:
        line = socket.create_connection((host, int(port or _RAW_PORT)), timeout=CONNECT_SECONDS)
    except ValueError as why:  # a mistyped address: two points in a row, a port of letters
        raise OSError(errno.EADDRNOTAVAIL, "no address") from why
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # questions are three bytes long
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AHEAD_BYTES)
    return DescriptorWire(line, stall_seconds=stall_seconds)


def connect_serial(path: str) -> Wire:
    """Open a serial or USB-CDC port."""
    return DescriptorWire(serial.Serial(path, _BAUD, timeout=0, write_timeout=0, exclusive=True))


def connect_usb(
    address: str, *, classes: Path = Path("/sys/class/usbmisc"), devices: Path = Path("/dev/usb")
) -> Wire:
    """Open the kernel's printer device of "vendor:product", both in four hex digits.

    The kernel's own driver is used, because it needs neither root nor libusb and answers questions too.
    """
    for node in sorted(classes.glob("lp*")):
        device = (node / "device").resolve().parent
        found = ":".join((device / name).read_text().strip() for name in ("idVendor", "idProduct"))
        if found == address.lower():
            return DescriptorWire(_opened(devices / node.name, os.O_RDWR))
    raise FileNotFoundError(errno.ENOENT, f"no USB printer {address}")


def connect_file(path: str) -> Wire:
    """Open a file or a device that only takes; what comes later goes after what is there."""
    return DescriptorWire(_opened(Path(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND), two_way=False)


def _opened(path: Path, flags: int) -> _Connection:
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "rb" if flags & os.O_RDWR else "wb", buffering=0)

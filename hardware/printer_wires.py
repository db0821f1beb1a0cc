"""Ways to reach a printer: each connects anew for every job, so that one plugged back in is found."""

from __future__ import annotations

import errno
import os
import select
import socket
import time
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path
from typing import Protocol

from hardware.serial_line import open_line

CONNECT_SECONDS = 0.4
STALL_SECONDS = 5.0  # no byte taken for so long: the printer has stopped, not merely slowed down
_RAW_PORT = 9100
_AHEAD_BYTES = 16_384  # so that “sent” never means much more than what the printer has taken
_BAUDS = (115_200, 19_200, 38_400, 57_600, 230_400)
"""The first counts where the address names none. A slip is 110 kB: 10 s at 115,200, 58 s at 19,200; slower
ones would keep the next visitor waiting."""


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
        self,
        connection: _Connection,
        *,
        two_way: bool = True,
        empty_is_hang_up: bool = True,
        stall_seconds: float = STALL_SECONDS,
    ) -> None:
        self.two_way = two_way
        self._empty_is_hang_up = empty_is_hang_up
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
        until = time.monotonic() + seconds
        while self._ready(select.POLLIN, until - time.monotonic()):
            if answer := os.read(self._connection.fileno(), 64):
                return answer
            if self._empty_is_hang_up:
                raise ConnectionResetError(errno.ECONNRESET, "the printer hung up")
            if time.monotonic() >= until:
                break
        return b""

    def finish(self) -> None:
        """Wait until the last piece is taken: usblp throws away on closing what it still holds."""
        found = self._poll(select.POLLOUT, self._stall_seconds)
        if not found:
            raise TimeoutError(errno.ETIMEDOUT, "the printer takes no more")
        if found & (select.POLLERR | select.POLLHUP):
            raise ConnectionResetError(errno.ECONNRESET, "the printer hung up")

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ready(self, event: int, seconds: float) -> bool:
        return bool(self._poll(event, seconds))

    def _poll(self, event: int, seconds: float) -> int:
        poll = select.poll()
        poll.register(self._connection.fileno(), event)
        return next((found for _, found in poll.poll(max(0, seconds) * 1000)), 0)


def network_address(text: str) -> tuple[str, int]:
    """Read "192.168.1.50" or "192.168.1.50:9100"; 9100 is where network printers listen.

    Errors: ValueError. A name is refused: looking one up takes ten seconds where the name server is away, and
            a printer is to be asked within one.
    """
    host, colon, port = text.partition(":")
    try:
        IPv4Address(host)
    except AddressValueError as why:
        raise ValueError('must be an IP address, not a name, as "192.168.1.50:9100"') from why
    if not colon:
        return host, _RAW_PORT
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise ValueError("has a port that is none, 1 to 65535")
    return host, int(port)


def connect_network(address: str, *, stall_seconds: float = STALL_SECONDS) -> Wire:
    """Reach a printer at its `network_address`."""
    line = socket.create_connection(network_address(address), timeout=CONNECT_SECONDS)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # questions are three bytes long
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AHEAD_BYTES)
    return DescriptorWire(line, stall_seconds=stall_seconds)


def serial_address(text: str) -> tuple[str, int]:
    """Read "/dev/serial/by-id/…" or "/dev/serial/by-id/…@19200": the path and its speed in baud.

    Errors: ValueError, for a speed that is none of ours.
    """
    path, at, baud = text.rpartition("@")
    if not at:
        return text, _BAUDS[0]
    if baud not in map(str, _BAUDS):
        speeds = ", ".join(map(str, sorted(_BAUDS)))
        raise ValueError(f"must have after its last @ the speed of the line, one of {speeds}")
    return path, int(baud)


def connect_serial(address: str) -> Wire:
    """Open the serial or USB-CDC port of a `serial_address`."""
    path, baud = serial_address(address)
    return DescriptorWire(open_line(path, baud, seconds=0))


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
            # usblp gives an empty packet as an empty read; one that is gone is ENODEV.
            return DescriptorWire(_opened(devices / node.name, os.O_RDWR), empty_is_hang_up=False)
    raise FileNotFoundError(errno.ENOENT, f"no USB printer {address}")


def connect_file(path: str, *, stall_seconds: float = STALL_SECONDS) -> Wire:
    """Open a file or a device that only takes; what comes later goes after what is there."""
    connection = _opened(Path(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    return DescriptorWire(connection, two_way=False, stall_seconds=stall_seconds)


def _opened(path: Path, flags: int) -> _Connection:
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "rb" if flags & os.O_RDWR else "wb", buffering=0)

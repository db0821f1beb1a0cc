"""A line that is cut in the middle of uploads, and counts what each cut costs."""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random

from tests.sync.chaos import accepting

_UPLOAD = re.compile(rb"^PATCH /v1/blobs/([0-9a-f]{64}) .*?\r\nupload-offset: (\d+)\r\n", re.S | re.I)
_PIECE_BYTES, _PIECE_SECONDS = 8192, 0.002
"""32 Mbit/s: as on a real line, central has read almost all that has come."""

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.I)


@dataclass
class CutLine:
    """Carries requests to central; every few uploads it is cut after a random number of bytes.

    Shape: `hard` is the share of cuts that end in a reset; `wasted` has one number for each cut: the bytes
           that had to be sent a second time.
    Units: bytes.
    """

    target: int
    random: Random
    share: float
    hard: float
    port: int = 0
    wasted: list[int] = field(default_factory=list)
    _reached: dict[bytes, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def carry(self, near: socket.socket) -> None:
        """Serve one connection until it is cut or its owner hangs up."""
        with near, suppress(OSError):
            while head := _head(near):
                if not self._exchange(near, *head):
                    return

    def _exchange(self, near: socket.socket, head: bytes, body: bytes) -> bool:
        length = _length(head)
        allowed = self._allowed(head, length)
        with socket.create_connection(("127.0.0.1", self.target), timeout=30) as far:
            far.sendall(head)
            sent = 0
            while sent < allowed:
                piece = body or near.recv(_PIECE_BYTES)
                if not piece:
                    return False
                piece, body = piece[: min(_PIECE_BYTES, allowed - sent)], piece[_PIECE_BYTES:]
                far.sendall(piece)
                sent += len(piece)
                time.sleep(_PIECE_SECONDS)
            if allowed < length:
                if self.random.random() < self.hard:  # what central has not read is gone
                    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
            return _relay(far, near)

    def _allowed(self, head: bytes, length: int) -> int:
        """How many bytes of this request get through; here is seen, too, what an earlier cut cost."""
        upload = _UPLOAD.search(head)
        if not upload:
            return length
        name, offset = upload[1], int(upload[2])
        if name in self._reached:
            self.wasted.append(self._reached.pop(name) - offset)
        if self.random.random() >= self.share or not length:
            return length
        allowed = self.random.randrange(length)
        self._reached[name] = offset + allowed
        return allowed


def _head(sock: socket.socket) -> tuple[bytes, bytes] | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", body


def _length(head: bytes) -> int:
    found = _LENGTH.search(head)
    return int(found[1]) if found else 0


def _relay(far: socket.socket, near: socket.socket) -> bool:
    answer = _head(far)
    if answer is None:
        return False
    head, body = answer
    while len(body) < _length(head):
        body += far.recv(65536)
    near.sendall(head + body)
    return True


@contextmanager
def cutting(target: int, *, seed: int, share: float = 0.4, hard: float = 0.5) -> Iterator[CutLine]:
    """Lay such a line to central's port."""
    line = CutLine(target, Random(seed), share, hard)
    with accepting(line.carry) as line.port:
        yield line

"""A line that does everything lines do wrong, between the postman and the real central."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 19\r\n\r\n<h1>Dang nhap</h1>\r\n"
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with RST


class Chaos(StrEnum):
    """What happens to one request."""

    NOTHING = "nothing"
    CUT_BEFORE = "cut before"
    CUT_IN = "cut in the request"
    CUT_AFTER = "cut after the request"
    REPLY_LOST = "reply lost"
    REPLY_CUT = "reply cut"
    REPLAYED = "request sent twice"
    STALL = "stall"
    RESET = "reset"
    SLOW = "slow"
    PORTAL = "captive portal"
    WRONG_SIGNATURE = "wrong signature"
    CHANGED = "reply changed"


@dataclass
class Line:
    """Carries one request at a time per connection; what happens to each is drawn from a seed.

    Shape: a request that holds `chokes_on` never arrives.
    """

    target: int
    random: Random
    share: float
    stall_seconds: float
    port: int = 0
    chokes_on: bytes = b""
    counted: Counter[Chaos] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def requests(self) -> int:
        return self.counted.total()

    def carry(self, near: socket.socket) -> None:
        """Serve one connection until either side has had enough."""
        with near, suppress(OSError):
            while request := _message(near):
                what = self._draw(request)
                self.counted[what] += 1
                if not self._do(what, near, request):
                    return

    def _draw(self, request: bytes) -> Chaos:
        if self.chokes_on and self.chokes_on in request:
            return Chaos.CUT_BEFORE
        if self.random.random() >= self.share:
            return Chaos.NOTHING
        return self.random.choice([each for each in Chaos if each is not Chaos.NOTHING])

    def _do(self, what: Chaos, near: socket.socket, request: bytes) -> bool:
        """Do it; return whether the connection goes on."""
        match what:
            case Chaos.CUT_BEFORE:
                return False
            case Chaos.PORTAL:
                near.sendall(PORTAL % self.random.choice([b"text/html", b"application/json"]))
                return True
            case Chaos.CUT_IN:
                self._forward(request[: self.random.randrange(len(request))], wants_reply=False)
                return False
            case Chaos.CUT_AFTER:
                self._forward(request, wants_reply=False)
                return False
            case Chaos.REPLAYED:
                self._forward(request)
        reply = self._forward(request)
        return self._reply(what, near, reply)

    def _reply(self, what: Chaos, near: socket.socket, reply: bytes) -> bool:
        match what:
            case Chaos.REPLY_LOST | Chaos.STALL | Chaos.RESET:
                if what is Chaos.STALL:
                    time.sleep(self.stall_seconds)
                if what is Chaos.RESET:
                    near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                return False
            case Chaos.REPLY_CUT:
                near.sendall(reply[: self.random.randrange(len(reply))])
                return False
            case Chaos.SLOW:
                for at in range(0, len(reply), 100):
                    near.sendall(reply[at : at + 100])
                    time.sleep(0.001)
                return True
        near.sendall(_forged(what, reply))
        return True

    def _forward(self, request: bytes, *, wants_reply: bool = True) -> bytes:
        with socket.create_connection(("127.0.0.1", self.target), timeout=10) as far:
            far.sendall(request)
            if not wants_reply:
                return b""
            return _message(far, is_bodiless=request.startswith(b"HEAD "))


def _forged(what: Chaos, reply: bytes) -> bytes:
    match what:
        case Chaos.WRONG_SIGNATURE:
            at = reply.find(b"Signature: central=:") + 25
            return reply[:at] + (b"A" if reply[at : at + 1] != b"A" else b"B") + reply[at + 1 :]
        case Chaos.CHANGED:
            head, _, body = reply.partition(b"\r\n\r\n")
            return head.replace(b"1.1 201", b"1.1 200") + b"\r\n\r\n" + body.replace(b"0", b"1", 9)
    return reply


def _message(sock: socket.socket, *, is_bodiless: bool = False) -> bytes:
    """One whole request or reply; empty when the other side has hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = 0 if is_bodiless else int(fields.get(b"content-length", 0))
    while len(body) < length:
        more = sock.recv(65536)
        if not more:
            return b""
        body += more
    return head + b"\r\n\r\n" + body


@contextmanager
def chaos(target: int, *, seed: int, share: float = 0.4, stall_seconds: float = 0.6) -> Iterator[Line]:
    """Lay such a line to central's port. `share` of the requests meet with something."""
    line = Line(target, Random(seed), share, stall_seconds)
    with accepting(line.carry) as line.port:
        yield line


@contextmanager
def accepting(carry: Callable[[socket.socket], None]) -> Iterator[int]:
    """Take connections on a free port, each with a thread that carries it; return the port."""

    def serve() -> None:
        while True:
            try:
                near, _ = server.accept()
            except OSError:
                return
            near.settimeout(30)
            threading.Thread(target=carry, args=(near,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()

"""The line to central: one question, one answer, and every failure told apart."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from secrets import token_urlsafe

import httpx

from sync.answer import Answer, ClockRefused, busy, is_busy, somebody_else, trouble_of
from sync.credentials import Credentials
from sync.faults import LineFault, Unreachable, line_fault
from sync.notify import ALIVE, notify
from sync.pace import Pace, Paced
from sync.signatures import Question, Reply
from sync.wire import (
    JSON,
    LINES,
    PROBLEM,
    TUS_HEADER,
)

MAX_ANSWER_BYTES = 256 * 1024
"""Source: the largest honest answer, fifty missing lists of 32 parts, is 160 kB."""

MAX_CONNECTIONS = 4
SocketOption = tuple[int, int, int] | tuple[int, int, bytes]


class BadAddress(ValueError):
    """The address of central in kiosk.toml cannot be one."""


@dataclass(frozen=True, slots=True)
class Line:
    """Keeps connections alive between questions; close it when done.

    With credentials every question is signed, and nobody is believed but the pinned central. Without, nobody
    is believed at all: that is for finding out whether a line is there.
    """

    client: httpx.Client
    answer_seconds: float
    credentials: Credentials | None = None
    pace: Pace | None = None

    def ask(
        self,
        method: str,
        path: str,
        *,
        expect: Collection[int],
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask central; return an answer with one of the expected statuses.

        A captive portal's 200 counts for nothing: an expected answer is JSON, or bears the mark of tus.
        A station whose clock is wrong asks central for the time, once, and then again.
        Errors: Unreachable; Refused, when central says that asking again will not help.
        """
        body = Paced(content, self.pace) if self.pace and content and method == "PATCH" else content
        request = self.client.build_request(method, path, content=body, headers=dict(headers or {}))
        try:
            return self._exchange(request, expect)
        except ClockRefused:
            self._learn_time()
            return self._exchange(request, expect)

    def knock(self) -> None:
        """Ask central for the time, the smallest of questions, to find out whether the line carries.

        It is signed as all are: a station that was revoked is told so before anything is sent.
        Errors: Unreachable; Refused.
        """
        self._learn_time()

    def close(self) -> None:
        """Hang up."""
        self.client.close()

    def _exchange(self, request: httpx.Request, expect: Collection[int]) -> Answer:
        notify(ALIVE)  # a long queue on a bad line is no hung postman
        signed = self._signed(request)
        step = f"{request.method} {_step(request.url.path)}"
        try:
            with closing(self.client.send(signed, stream=True)) as response:
                body = self._body(response)
        except httpx.TransportError as why:
            raise line_fault(why, step) from why
        answer = Answer(response.status_code, response.headers, body)
        if is_busy(answer.status) and answer.status not in expect:  # perhaps said by a proxy that cannot sign
            raise busy(answer)
        if self.credentials:
            said = None if request.method == "HEAD" else body
            self.credentials.must_be_centrals(
                Reply(answer.status, dict(answer.headers), _question(signed)), said
            )
        kind = response.headers.get("Content-Type", "").split(";")[0].strip()
        if answer.status in expect and (kind in {JSON, LINES, PROBLEM} or TUS_HEADER in response.headers):
            return answer
        raise trouble_of(answer, kind)

    def _signed(self, request: httpx.Request) -> httpx.Request:
        if self.credentials is None:
            return request
        body = None if request.method == "PATCH" else request.content
        headers = self.credentials.sign(_question(request), body)
        return httpx.Request(request.method, request.url, headers=headers, stream=request.stream)

    def _learn_time(self) -> None:
        assert self.credentials is not None
        nonce = token_urlsafe(16)
        request = self.client.build_request("GET", "/v1/time", params={"nonce": nonce})
        self.credentials.learn_time(self._exchange(request, {200}).body, nonce)

    def _body(self, response: httpx.Response) -> bytes:
        # Raw, so that nobody can make us unpack; timed, so that nobody can drip for ever.
        deadline = time.monotonic() + self.answer_seconds
        body = b""
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                raise somebody_else(response.status_code)
            if time.monotonic() > deadline:
                raise Unreachable(LineFault.TIMEOUT, "the answer does not end")
        return body


def open_line(
    url: str, timeout_seconds: float, credentials: Credentials | None = None, pace: Pace | None = None
) -> Line:
    """Prepare the line; nothing is sent yet. Parts are sent at the given pace, questions at once.

    Units:  `timeout_seconds` is for each step: connecting, one piece sent, one piece received.
    Errors: BadAddress.
    """
    address = _address(url)
    wire = httpx.HTTPTransport(
        verify=ssl.create_default_context(),  # Debian's store, where an office's own authority is added
        limits=httpx.Limits(max_connections=MAX_CONNECTIONS, keepalive_expiry=30),
        socket_options=_socket_options(),
    )
    client = httpx.Client(
        transport=wire,
        base_url=address,
        timeout=timeout_seconds,
        follow_redirects=False,  # central never redirects; a portal does
        trust_env=False,  # kiosk.toml alone says where central is
        headers={"User-Agent": "bhxh-station/0.1", "Accept-Encoding": "identity"},
    )
    return Line(client, timeout_seconds, credentials, pace)


def _address(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as why:
        raise BadAddress("not an address") from why
    if address.scheme not in {"http", "https"} or not address.host or address.userinfo:
        raise BadAddress("an address starts with https:// and names a host")
    return address


def _socket_options() -> list[SocketOption]:
    """Ask for BBR where the kernel has it: 13 s instead of 75 s on a lossy 3G line (measured)."""
    options: list[SocketOption] = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    bbr = (socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
    with socket.socket() as attempt:
        try:
            attempt.setsockopt(*bbr)
        except OSError:
            return options
    return [*options, bbr]


def _question(request: httpx.Request) -> Question:
    return Question(request.method, str(request.url), dict(request.headers))


def _step(path: str) -> str:
    return "/".join(path.split("/")[:3])  # without ids

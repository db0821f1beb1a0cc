"""The line to central: one question, one answer, and every failure told apart."""

from __future__ import annotations

import json
import re
import socket
import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from sync.faults import LineFault, Refused, Unreachable, line_fault
from sync.wire import JSON, PROBLEM, REVOKED, TUS_HEADER, UNKNOWN_DECLARATION, UNKNOWN_UPLOAD

MAX_ANSWER_BYTES = 256 * 1024
"""Source: the largest honest answer, fifty missing lists of 32 parts, is 160 kB."""

LONGEST_WISH_SECONDS = 3600.0  # a Retry-After of a year is a mistake
_BUSY = {408, 425, 429}
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
SocketOption = tuple[int, int, int] | tuple[int, int, bytes]


class BadAddress(ValueError):
    """The address of central in kiosk.toml cannot be one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What central said."""

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> dict[str, Any]:
        """Return the body as an object.

        Errors: Unreachable, because central always answers with one here.
        """
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as why:
            raise _somebody_else(self.status) from why
        if not isinstance(value, dict):
            raise _somebody_else(self.status)
        return value


@dataclass(frozen=True, slots=True)
class Line:
    """Keeps connections alive between questions; close it when done."""

    client: httpx.Client
    answer_seconds: float

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
        Errors: Unreachable; Refused, when central says that asking again will not help.
        """
        try:
            with self.client.stream(method, path, content=content, headers=dict(headers or {})) as response:
                body = self._body(response)
        except httpx.TransportError as why:
            raise line_fault(why, f"{method} {_step(path)}") from why
        answer = Answer(response.status_code, response.headers, body)
        kind = response.headers.get("Content-Type", "").split(";")[0].strip()
        if answer.status in expect and (kind in {JSON, PROBLEM} or TUS_HEADER in response.headers):
            return answer
        raise _trouble(answer, kind)

    def close(self) -> None:
        """Hang up."""
        self.client.close()

    def _body(self, response: httpx.Response) -> bytes:
        # Raw, so that nobody can make us unpack; timed, so that nobody can drip for ever.
        deadline = time.monotonic() + self.answer_seconds
        body = b""
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                raise _somebody_else(response.status_code)
            if time.monotonic() > deadline:
                raise Unreachable(LineFault.TIMEOUT, "the answer does not end")
        return body


def open_line(url: str, timeout_seconds: float) -> Line:
    """Prepare the line; nothing is sent yet.

    Units:  `timeout_seconds` is for each step: connecting, one piece sent, one piece received.
    Errors: BadAddress.
    """
    address = _address(url)
    wire = httpx.HTTPTransport(
        verify=ssl.create_default_context(),  # Debian's store, where an office's own authority is added
        limits=httpx.Limits(max_connections=4, keepalive_expiry=30),
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
    return Line(client, timeout_seconds)


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


def _trouble(answer: Answer, kind: str) -> Unreachable | Refused:
    if answer.status in _BUSY or answer.status >= 500:
        wish = _retry_after(answer.headers)
        return Unreachable(LineFault.CENTRAL_BUSY, f"HTTP {answer.status}", wish)
    if kind != PROBLEM or answer.status < 400:
        return _somebody_else(answer.status)
    code = answer.json().get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return _somebody_else(answer.status)
    if answer.status == 401:
        return Unreachable(LineFault.NOT_ENROLLED, code)
    if code == REVOKED:
        return Unreachable(LineFault.REVOKED, code)
    if code in {UNKNOWN_DECLARATION, UNKNOWN_UPLOAD}:
        # It was announced a moment ago: central was restored from a backup and will take it again.
        return Unreachable(LineFault.CENTRAL_BUSY, code)
    return Refused(code, f"HTTP {answer.status}")


def _somebody_else(status: int) -> Unreachable:
    return Unreachable(LineFault.CAPTIVE_PORTAL, f"HTTP {status} from somebody who is not central")


def _retry_after(headers: httpx.Headers) -> float | None:
    text = headers.get("Retry-After", "")
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(float(text), LONGEST_WISH_SECONDS)
    try:  # a date counts from the server's own, because the station's clock may be wrong
        wish = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return min(max(wish.total_seconds(), 0.0), LONGEST_WISH_SECONDS)


def _step(path: str) -> str:
    return "/".join(path.split("/")[:3])  # without ids

"""What central said, and what it means when it was not what was hoped for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from sync.faults import LineFault, Refused, Unreachable
from sync.wire import NOT_ENROLLED, PROBLEM, REVOKED, UNKNOWN_DECLARATION, UNKNOWN_UPLOAD, WRONG_CLOCK

LONGEST_WISH_SECONDS = 3600.0  # a Retry-After of a year is a mistake
_NOT_NOW = {
    NOT_ENROLLED: LineFault.NOT_ENROLLED,
    REVOKED: LineFault.REVOKED,
    # It was announced a moment ago: central was restored from a backup and will take it again.
    UNKNOWN_DECLARATION: LineFault.CENTRAL_BUSY,
    UNKNOWN_UPLOAD: LineFault.CENTRAL_BUSY,
}
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")


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
            raise somebody_else(self.status) from why
        if not isinstance(value, dict):
            raise somebody_else(self.status)
        return value


class ClockRefused(Unreachable):
    """Central finds the time of a request too far from its own."""


def is_busy(status: int) -> bool:
    """Say whether this status asks to come again later."""
    return status in {408, 425, 429} or status >= 500


def busy(answer: Answer) -> Unreachable:
    """Central, or a proxy before it, cannot now; with what it wished, if it did."""
    if answer.status == 511:  # a captive portal that says so (RFC 6585)
        return somebody_else(answer.status)
    return Unreachable(LineFault.CENTRAL_BUSY, f"HTTP {answer.status}", _retry_after(answer.headers))


def trouble_of(answer: Answer, kind: str) -> Unreachable | Refused:
    """What an answer means that was not hoped for. Shape: `kind` is its media type."""
    if kind != PROBLEM or answer.status < 400:
        return somebody_else(answer.status)
    code = answer.json().get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return somebody_else(answer.status)
    if code == WRONG_CLOCK:
        return ClockRefused(LineFault.WRONG_CLOCK, code)
    if fault := _NOT_NOW.get(code):
        return Unreachable(fault, code)
    if answer.status == 401:
        return Unreachable(LineFault.BAD_SIGNATURE, code)  # ours was changed or repeated on the way
    return Refused(code, f"HTTP {answer.status}")


def somebody_else(status: int) -> Unreachable:
    """Somebody answered who is not central: a captive portal, as a rule."""
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

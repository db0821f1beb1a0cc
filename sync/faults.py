"""What can go wrong between the station and central, told apart so that a person can be told what to do."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

_OUTSIDE_ITS_DATES = {9, 10}
"""Source: OpenSSL, X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""


class LineFault(StrEnum):
    """Why central could not be reached, or could not be believed. All of these pass."""

    NO_NETWORK = "no-network"
    DNS = "dns"
    NO_ANSWER = "no-answer"  # there is a network, but nobody at central's address
    TLS = "tls"
    WRONG_CLOCK = "wrong-clock"  # the certificate's dates do not fit the station's clock
    CAPTIVE_PORTAL = "captive-portal"  # somebody answered, but not central
    NOT_ENROLLED = "not-enrolled"
    REVOKED = "revoked"
    CENTRAL_BUSY = "central-busy"
    TIMEOUT = "timeout"
    CUT = "cut"  # the line broke in mid-exchange
    BAD_SIGNATURE = "bad-signature"

    @property
    def may_be_the_items_own(self) -> bool:
        """Whether this declaration may itself be the cause: then it is tried less and less often.

        The other faults strike before central sees anything of the declaration, which must not age for it.
        """
        return self in {self.CENTRAL_BUSY, self.TIMEOUT, self.CUT, self.BAD_SIGNATURE}

    @property
    def is_centrals_answer(self) -> bool:
        """Whether central was reached and said no: asking it more and more rarely is all that helps it."""
        return self in {self.CENTRAL_BUSY, self.NOT_ENROLLED, self.REVOKED}


class Unreachable(Exception):
    """Not now: try again later. `detail` is a few words without personal data.

    Units: `retry_after_seconds` is what central asked for, if it did.
    """

    def __init__(self, fault: LineFault, detail: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds


class Refused(Exception):
    """Never: put this declaration aside and go on. `detail` is a few words without personal data."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def line_fault(why: httpx.TransportError, step: str) -> Unreachable:
    """Find out what an exception of the HTTP client means. `step` says what was being done."""
    import httpx  # noqa: PLC0415 - who asks already has it; kiosk serve reads the names above and needs none

    for cause in _causes(why):
        if fault := _at_the_root(cause, step):
            return fault
    if isinstance(why, httpx.ConnectTimeout):
        return Unreachable(LineFault.NO_ANSWER, "central's address does not answer")
    if isinstance(why, httpx.TimeoutException):
        return Unreachable(LineFault.TIMEOUT, step)
    if isinstance(why, httpx.ConnectError):
        return Unreachable(LineFault.NO_NETWORK, _system_word(why))
    return Unreachable(LineFault.CUT, step)


def _at_the_root(cause: BaseException, step: str) -> Unreachable | None:
    """What the system or OpenSSL said, where that says more than the HTTP client."""
    match cause:
        case ssl.SSLCertVerificationError():
            dates = cause.verify_code in _OUTSIDE_ITS_DATES
            return Unreachable(LineFault.WRONG_CLOCK if dates else LineFault.TLS, cause.verify_message)
        case ssl.SSLError():
            return Unreachable(LineFault.TLS, f"{step}: {cause.reason or 'handshake failed'}")
        case socket.gaierror() if _has_a_way_out():
            return Unreachable(LineFault.DNS, "the name of central is not known")
        case socket.gaierror():  # the commonest: no cable, and therefore no name either
            return Unreachable(LineFault.NO_NETWORK, "no way out, not even to ask for a name")
        case ConnectionRefusedError():
            return Unreachable(LineFault.NO_ANSWER, "nobody listens at central's address")
    return None


def _has_a_way_out() -> bool:
    """Whether the system knows a route to the world. Sends nothing."""
    for family, world in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as attempt:
                attempt.connect((world, 9))
        except OSError:
            continue
        return True
    return False


def _causes(why: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = why
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _system_word(why: BaseException) -> str:
    numbers = (cause.errno for cause in _causes(why) if isinstance(cause, OSError) and cause.errno)
    return errno.errorcode.get(next(numbers, 0), "no connection")

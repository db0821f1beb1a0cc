"""Who asks is not let in."""

from __future__ import annotations

from sync.central.problems import WireProblem
from sync.wire import NOT_ENROLLED, REVOKED, WRONG_CLOCK


class NotEnrolled(WireProblem):
    """Nobody introduced this station."""

    code, status, title = NOT_ENROLLED, 401, "Central does not know this station."


class WrongClockProblem(WireProblem):
    """The request is dated too far from central's time."""

    code, status, title = WRONG_CLOCK, 401, "The request is too old or from the future; ask /v1/time."


class RequestSignatureProblem(WireProblem):
    """The request is not signed as the wire asks."""

    code, status, title = "request-signature", 401, "The request's signature is missing or does not hold."


class Replayed(WireProblem):
    """The very same request came before."""

    code, status, title = "replayed", 401, "This very request came before; sign it anew."


class Revoked(WireProblem):
    """The station was known and may no longer send."""

    code, status, title = REVOKED, 403, "This station may no longer send."


AT_THE_DOOR = (NotEnrolled, Revoked, RequestSignatureProblem, WrongClockProblem, Replayed)
"""What an address may answer that asks for a signature."""

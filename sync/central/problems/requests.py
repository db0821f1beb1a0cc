"""What any address may answer: the request cannot be read, or central cannot work just now."""

from __future__ import annotations

from sync.central.problems import WireProblem


class BadHeader(WireProblem):
    """A header is missing or senseless."""

    code, status, title = "bad-header", 400, "A header is missing or cannot be read."


class BodyEndedEarly(WireProblem):
    """The sender vanished; nobody will read this."""

    code, status, title = "body-cut", 400, "The body ended before its announced length."


class LengthMissing(WireProblem):
    """A body without Content-Length could end anywhere."""

    code, status, title = "length-missing", 411, "The request must say how long its body is."


class TooLarge(WireProblem):
    """More than was announced, or more than is allowed."""

    code, status, title = "too-large", 413, "The request is larger than announced or allowed."


class WrongMedia(WireProblem):
    """Another kind of body than this address takes."""

    code, status, title = "wrong-media", 415, "This address takes another kind of content."


class BadRequest(WireProblem):
    """Not even HTTP as it should be."""

    code, status, title = "bad-request", 400, "The request cannot be read."


class PageUnknown(WireProblem):
    """No such address."""

    code, status, title = "not-found", 404, "There is no such address."


class CentralBusy(WireProblem):
    """The disk or the database does not answer just now."""

    code, status, title = "central-busy", 503, "Central cannot write just now."
    retry_after = 30


class CentralFull(WireProblem):
    """The disk is full."""

    code, status, title = "central-full", 507, "Central has no room just now."
    retry_after = 30


ALWAYS = (BadRequest, CentralBusy, CentralFull)
"""What any address may answer."""

"""Every refusal of central: code, HTTP status, one sentence. sync.central.explaining tells them."""

from __future__ import annotations

from typing import Any, ClassVar

from sync.wire import (
    DECIDED,
    HASH_DIFFERS,
    NOT_ENROLLED,
    OFFSET_DIFFERS,
    PARTS_MISSING,
    REVOKED,
    UNKNOWN_DECLARATION,
    UNKNOWN_UPLOAD,
    WITHDRAWN,
    WRONG_CLOCK,
)


class WireProblem(Exception):
    """A request central does not fulfil.

    code    what the postman acts on, and what the officer reads out
    title   one sentence for whoever reads the log
    retry_after  seconds to wait, where asking again later will help
    detail  which field or limit; never a value, never personal data
    """

    code: ClassVar[str] = "wrong"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request cannot be fulfilled."
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members


class BadHeader(WireProblem):
    """A header is missing or senseless."""

    code, status, title = "bad-header", 400, "A header is missing or cannot be read."


class BodyEndedEarly(WireProblem):
    """The sender vanished; nobody will read this."""

    code, status, title = "body-cut", 400, "The body ended before its announced length."


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


class InvitationUnknown(WireProblem):
    """No such code."""

    code, status, title = "invitation-unknown", 404, "Central gave out no such code."


class InvitationExpired(WireProblem):
    """Too late."""

    code, status, title = "invitation-expired", 410, "The code was not used in time."


class InvitationUsed(WireProblem):
    """A code is good for one station."""

    code, status, title = "invitation-used", 409, "Another station has used this code."


class InvitationOfOther(WireProblem):
    """The code names a station."""

    code, status, title = "invitation-of-other", 409, "The code is for a station with another id."


class StationKnownProblem(WireProblem):
    """The id or the key is taken."""

    code, status, title = "station-known", 409, "A station with this id or this key is known already."


class BadEnrolment(WireProblem):
    """The wish to be enrolled cannot be read."""

    code, status, title = "bad-enrolment", 422, "The request to be enrolled is malformed."


class BadHeartbeat(WireProblem):
    """The heartbeat cannot be read."""

    code, status, title = "bad-heartbeat", 422, "The heartbeat is malformed or too long."


class UnknownDeclaration(WireProblem):
    """A commit of what was never announced."""

    code, status, title = UNKNOWN_DECLARATION, 404, "No such declaration was announced."


class UnknownUpload(WireProblem):
    """Bytes that no manifest announced."""

    code, status, title = UNKNOWN_UPLOAD, 404, "No announced declaration has a part with this sha-256."


class OtherBytesProblem(WireProblem):
    """The id is taken."""

    code, status, title = "other-bytes", 409, "This id belongs to a declaration with other bytes."


class SizeDiffersProblem(WireProblem):
    """The part is known with another size."""

    code, status, title = "part-size-differs", 409, "This part was announced before with another size."


class OffsetDiffersProblem(WireProblem):
    """The bytes do not follow."""

    code, status, title = (
        OFFSET_DIFFERS,
        409,
        "The bytes do not follow those already here; ask for the offset.",
    )


class Withdrawn(WireProblem):
    """Who made it took it back."""

    code, status, title = WITHDRAWN, 410, "This declaration was withdrawn."


class LengthMissing(WireProblem):
    """A body without Content-Length could end anywhere."""

    code, status, title = "length-missing", 411, "The request must say how long its body is."


class WrongTusVersion(WireProblem):
    """Not tus 1.0.0."""

    code, status, title = "tus-version", 412, "Uploads speak tus 1.0.0 here."


class TooLarge(WireProblem):
    """More than was announced, or more than is allowed."""

    code, status, title = "too-large", 413, "The request is larger than announced or allowed."


class WrongMedia(WireProblem):
    """Another kind of body than this address takes."""

    code, status, title = "wrong-media", 415, "This address takes another kind of content."


class BadManifestProblem(WireProblem):
    """The manifest cannot be read."""

    code, status, title = "bad-manifest", 422, "The manifest is malformed."


class BadBatch(WireProblem):
    """Not a list of manifests."""

    code, status, title = "bad-batch", 422, "The batch is malformed or too long."


class BadSignatureProblem(WireProblem):
    """The manifest is not by the station it names."""

    code, status, title = "manifest-signature", 422, "The manifest is not signed by the station it names."


class BadNotice(WireProblem):
    """The notice cannot be read, or is about another station's declaration."""

    code, status, title = "bad-notice", 422, "The notice is malformed or about another declaration."


class Decided(WireProblem):
    """Too late to take it back."""

    code, status, title = DECIDED, 409, "The declaration was accepted already."


class BadStatusQuestion(WireProblem):
    """Not a receipt's code with its token or PIN."""

    code, status, title = "bad-question", 422, "Ask with {code, token} or {code, pin}."


class ReceiptUnknown(WireProblem):
    """No such receipt, or another secret: told the same."""

    code, status, title = "receipt-unknown", 404, "No receipt with this code and this secret is known here."


class BadBundleProblem(WireProblem):
    """What should be a bundle is none, or not its station's."""

    code, status, title = "bad-bundle", 422, "This is no bundle that a known station signed."


class TooManyTries(WireProblem):
    """Five wrong PINs."""

    code, status, title = "too-many-tries", 429, "The PIN was guessed five times; ask again in five minutes."
    retry_after = 300


class PartKept(WireProblem):
    """Only what has not arrived whole can be given up."""

    code, status, title = "part-kept", 409, "This part has arrived whole and is kept."


class ChecksumDiffers(WireProblem):
    """The piece is not what was sent. 460 is the status tus gives it."""

    code, status, title = "checksum-differs", 460, "The piece does not have the checksum sent with it."


class HashDiffersProblem(WireProblem):
    """The bytes are not what their name says."""

    code, status, title = HASH_DIFFERS, 422, "The bytes do not have the sha-256 they were sent under."


class PartsMissing(WireProblem):
    """A commit before everything is here."""

    code, status, title = PARTS_MISSING, 424, "Not all parts are here; the missing ones are listed."


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

AT_THE_DOOR = (NotEnrolled, Revoked, RequestSignatureProblem, WrongClockProblem, Replayed)
"""What an address may answer that asks for a signature."""

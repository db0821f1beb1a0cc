"""A part is uploaded, as tus has it."""

from __future__ import annotations

from sync.central.problems import WireProblem
from sync.wire import HASH_DIFFERS, OFFSET_DIFFERS, UNKNOWN_UPLOAD


class WrongTusVersion(WireProblem):
    """Not tus 1.0.0."""

    code, status, title = "tus-version", 412, "Uploads speak tus 1.0.0 here."


class UnknownUpload(WireProblem):
    """Bytes that no manifest announced."""

    code, status, title = UNKNOWN_UPLOAD, 404, "No announced declaration has a part with this sha-256."


class OffsetDiffersProblem(WireProblem):
    """The bytes do not follow."""

    code, status, title = (
        OFFSET_DIFFERS,
        409,
        "The bytes do not follow those already here; ask for the offset.",
    )


class ChecksumDiffers(WireProblem):
    """The piece is not what was sent. 460 is the status tus gives it."""

    code, status, title = "checksum-differs", 460, "The piece does not have the checksum sent with it."


class HashDiffersProblem(WireProblem):
    """The bytes are not what their name says."""

    code, status, title = HASH_DIFFERS, 422, "The bytes do not have the sha-256 they were sent under."


class PartKept(WireProblem):
    """Only what has not arrived whole can be given up."""

    code, status, title = "part-kept", 409, "This part has arrived whole and is kept."

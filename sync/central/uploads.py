"""Taking parts in, by tus 1.0.0 with creation, checksum and termination. The sha-256 is the address.

Source: tus resumable upload protocol 1.0.0, https://tus.io/protocols/resumable-upload.
"""

from __future__ import annotations

import socket
from base64 import b64decode

from flask import Blueprint, Response, request, url_for

from sync.central import store
from sync.central.blobs import BodyCut, HashDiffers, OffsetDiffers
from sync.central.checksum import ALGORITHMS, BadChecksum, Checksum
from sync.central.context import central, database
from sync.central.problems.requests import BadHeader, BodyEndedEarly, LengthMissing, TooLarge, WrongMedia
from sync.central.problems.uploads import (
    ChecksumDiffers,
    HashDiffersProblem,
    OffsetDiffersProblem,
    PartKept,
    UnknownUpload,
    WrongTusVersion,
)
from sync.central.spoken import Signer, Speech, Stream, speaks
from sync.manifest import MAX_PART_BYTES, Part, is_sha256
from sync.wire import OFFSET_STREAM, TUS, TUS_HEADER

PATIENCE_SECONDS = 60.0
"""For the next piece of a part: a stalled sender must not hold one of central's threads for ever."""

_TUS = {TUS_HEADER: "1\\.0\\.0"}
_LENGTH = "[0-9]{1,12}"
_OFFSET = {"Upload-Offset": "how many bytes are here"}

bp = Blueprint("uploads", __name__, url_prefix="/v1/blobs")


@bp.before_request
def _speak_tus() -> None:
    if request.method != "OPTIONS" and request.headers.get(TUS_HEADER) != TUS:
        raise WrongTusVersion


@bp.after_request
def _mark(response: Response) -> Response:
    response.headers[TUS_HEADER] = TUS
    return response


@bp.route("", methods=["OPTIONS"])
@speaks(Speech(gives={204: None}, signer=Signer.NOBODY, adds={"Tus-Version": "what is spoken here"}))
def abilities() -> Response:
    """Say what this tus server can do."""
    headers = {"Tus-Version": TUS, "Tus-Extension": "creation,checksum,termination"}
    headers |= {"Tus-Max-Size": str(MAX_PART_BYTES), "Tus-Checksum-Algorithm": ",".join(ALGORITHMS)}
    return Response(status=204, headers=headers)


@bp.post("")
@speaks(
    Speech(
        gives={201: None},
        refuses=(BadHeader, TooLarge, UnknownUpload, WrongTusVersion),
        needs=_TUS | {"Upload-Length": _LENGTH, "Upload-Metadata": ".+"},
        adds={"Location": "where the part goes"},
    )
)
def create() -> Response:
    """Say where an announced part goes; central knows it already, by its manifest."""
    part = _announced(_metadata().get("sha256", ""))
    if _number("Upload-Length") != part.size:
        raise TooLarge("Upload-Length is not the announced size")
    where = url_for("uploads.append", digest=part.sha256)
    return Response(status=201, headers={"Location": where})


@bp.route("/<digest>", methods=["HEAD"])
@speaks(Speech(gives={200: None}, refuses=(UnknownUpload, WrongTusVersion), needs=_TUS, adds=_OFFSET))
def ask(digest: str) -> Response:
    """Say how many bytes of a part are here."""
    part = _announced(digest)
    headers = {"Upload-Offset": str(central().blobs.offset(part.sha256, part.size))}
    headers |= {"Upload-Length": str(part.size), "Cache-Control": "no-store"}
    return Response(status=200, headers=headers)


@bp.patch("/<digest>")
@speaks(
    Speech(
        takes=Stream(OFFSET_STREAM),
        gives={204: None},
        refuses=(
            *(BadHeader, BodyEndedEarly, ChecksumDiffers, HashDiffersProblem, LengthMissing),
            *(OffsetDiffersProblem, TooLarge, UnknownUpload, WrongMedia, WrongTusVersion),
        ),
        needs=_TUS | {"Upload-Offset": _LENGTH},
        adds=_OFFSET,
    )
)
def append(digest: str) -> Response:
    """Take more bytes of a part, as far as they come."""
    if request.mimetype != OFFSET_STREAM:
        raise WrongMedia(OFFSET_STREAM)
    part = _announced(digest)
    offset, length = _number("Upload-Offset"), request.content_length or 0
    if offset + length > part.size:
        raise TooLarge("more than announced")
    request.max_content_length = part.size
    checksum = _checksum()
    try:
        reached = _append(part, offset, length, checksum)
    except (HashDiffersProblem, BodyEndedEarly):
        if checksum:
            central().blobs.take_back(part.sha256, offset)
        raise
    if checksum and not checksum.holds():
        central().blobs.take_back(part.sha256, offset)
        raise ChecksumDiffers
    return Response(status=204, headers={"Upload-Offset": str(reached)})


@bp.delete("/<digest>")
@speaks(Speech(gives={204: None}, refuses=(PartKept, UnknownUpload, WrongTusVersion), needs=_TUS))
def give_up(digest: str) -> Response:
    """Forget a part that has not arrived whole; it may be sent again from its start."""
    if not central().blobs.give_up(_announced(digest).sha256):
        raise PartKept
    return Response(status=204)


def _append(part: Part, offset: int, length: int, checksum: Checksum | None) -> int:
    read = checksum.counting(_read) if checksum else _read
    try:
        return central().blobs.append(part, offset, length, read)
    except OffsetDiffers as why:
        raise OffsetDiffersProblem from why
    except HashDiffers as why:
        raise HashDiffersProblem from why
    except BodyCut as why:
        raise BodyEndedEarly from why


def _checksum() -> Checksum | None:
    text = request.headers.get("Upload-Checksum")
    try:
        return None if text is None else Checksum.from_header(text)
    except BadChecksum as why:
        raise BadHeader("Upload-Checksum") from why


def _read(at_most: int) -> bytes:
    wire: socket.socket | None = request.environ.get("gunicorn.socket")
    if wire is not None:
        wire.settimeout(PATIENCE_SECONDS)
    try:
        return request.stream.read(at_most)
    except OSError as why:
        raise BodyCut from why


def _announced(digest: str) -> Part:
    size = store.part_size(database(), digest) if is_sha256(digest) else None
    if size is None:
        raise UnknownUpload
    return Part("part", digest, size)


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise BadHeader(header)
    return int(text)


def _metadata() -> dict[str, str]:
    """Read Upload-Metadata: comma-separated pairs of key and base64."""
    pairs = [pair.split(" ") for pair in request.headers.get("Upload-Metadata", "").split(",") if pair]
    try:
        return {key: b64decode(value, validate=True).decode("ascii") for key, value in pairs}
    except ValueError as why:
        raise BadHeader("Upload-Metadata") from why

"""Announcing and committing declarations."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass

from flask import Blueprint, Response, request

from sync.acknowledgement import Acknowledgement, sign_acknowledgement
from sync.central import chain, events, guard, store
from sync.central.context import answer, central, database, document
from sync.central.explaining import Wanted
from sync.central.problems.declarations import (
    BadManifestProblem,
    BadSignatureProblem,
    OtherBytesProblem,
    PartsMissing,
    SizeDiffersProblem,
    UnknownDeclaration,
    Withdrawn,
)
from sync.central.problems.door import NotEnrolled, Revoked
from sync.central.problems.requests import TooLarge, WrongMedia
from sync.central.spoken import Signed, Speech, speaks
from sync.envelope import MAX_DOCUMENT_BYTES, BadDocument, BadSignature
from sync.event import Kind
from sync.manifest import Manifest, open_manifest, read_manifest
from sync.wire import JSON

_ABOUT_MANIFESTS = (
    *(BadManifestProblem, BadSignatureProblem, NotEnrolled, Revoked),
    *(OtherBytesProblem, SizeDiffersProblem, Withdrawn, WrongMedia),
)

log = logging.getLogger(__name__)

bp = Blueprint("declarations", __name__, url_prefix="/v1/declarations")


@dataclass(frozen=True, slots=True)
class Missing:
    """Which parts central wants, from which byte on."""

    missing: tuple[Wanted, ...]


@bp.put("/<uuid>")
@speaks(
    Speech(
        takes=Signed(Manifest),
        gives={200: Missing, 201: Missing},
        refuses=_ABOUT_MANIFESTS,
    )
)
def announce(uuid: str) -> Response:
    """Take a manifest; say which parts are wanted, from which byte on."""
    manifest, is_new = take(_body(), uuid)
    return answer(Missing(missing(manifest)), 201 if is_new else 200)


@bp.post("/<uuid>/commit")
@speaks(
    Speech(
        gives={200: Signed(Acknowledgement), 201: Signed(Acknowledgement)},
        refuses=(UnknownDeclaration, Withdrawn, PartsMissing),
    )
)
def commit(uuid: str) -> Response:
    """Acknowledge a declaration whose parts are all here: the same word for ever."""
    word, is_new = acknowledge(uuid)
    return document(word, 201 if is_new else 200)


def acknowledge(uuid: str) -> tuple[bytes, bool]:
    """Return central's word about a declaration whose parts are all here, and whether it is new.

    Errors: UnknownDeclaration; Withdrawn; PartsMissing.
    """
    known = store.find(database(), uuid)
    if known is None:
        raise UnknownDeclaration
    if known.acknowledgement is not None:
        return known.acknowledgement, False
    _must_be_wanted(uuid)
    if wanted := missing(known.opened()):
        raise PartsMissing(missing=[asdict(each) for each in wanted])
    return store.receive(database(), uuid, central().now(), _sign)


def take(data: bytes, uuid: str | None = None) -> tuple[Manifest, bool]:
    """Write a manifest down; return it and whether it is news. `uuid` is the address it came to, if it did.

    Errors: the WireProblem that says what is wrong with it.
    """
    manifest = _verified(data)
    if uuid not in {None, manifest.uuid}:
        raise BadManifestProblem("uuid")
    try:
        is_new = store.announce(database(), manifest, data, central().now())
    except store.OtherBytes as why:
        raise OtherBytesProblem from why
    except store.SizeDiffers as why:
        raise SizeDiffersProblem from why
    if is_new:
        _watch(manifest)
    _must_be_wanted(manifest.uuid)
    return manifest, is_new


def missing(manifest: Manifest) -> tuple[Wanted, ...]:
    """List the parts that are not here whole, and how much of each is."""
    blobs = central().blobs
    wanted = [part for part in manifest.parts if not blobs.is_whole(part)]
    return tuple(Wanted(part.sha256, blobs.offset(part.sha256, part.size)) for part in wanted)


def _body() -> bytes:
    if request.mimetype != JSON:
        raise WrongMedia(JSON)
    if (request.content_length or 0) > MAX_DOCUMENT_BYTES:
        raise TooLarge(f"at most {MAX_DOCUMENT_BYTES} bytes")
    return request.get_data(cache=False)


def _verified(data: bytes) -> Manifest:
    """The manifest, if a station we know signed it."""
    try:
        claimed = read_manifest(data)
    except BadDocument as why:
        raise BadManifestProblem(str(why)) from why
    station = guard.must_be_known(claimed.station)
    try:
        return open_manifest(data, station.key)
    except BadSignature as why:
        raise BadSignatureProblem from why


def _watch(manifest: Manifest) -> None:
    """Say at once that a station seems to have been copied; what it sent is taken all the same."""
    for flaw in chain.forks_at(database(), manifest):
        log.warning("station %s: %s", flaw.station, flaw.words())


def _must_be_wanted(uuid: str) -> None:
    """Refuse what was withdrawn before it was acknowledged; an acknowledgement is for ever."""
    decided = events.decision(database(), uuid)
    if decided is None or decided.kind is not Kind.WITHDRAWN:
        return
    known = store.find(database(), uuid)
    if known is None or known.acknowledgement is None:
        raise Withdrawn


def _sign(word: Acknowledgement) -> bytes:
    return sign_acknowledgement(word, central().keys.signing)

"""Central's door: only stations it knows are let in, and every answer leaves signed."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Response, g, request

from sync.central import nonces, stations
from sync.central.context import central, database
from sync.central.problems.door import (
    NotEnrolled,
    Replayed,
    RequestSignatureProblem,
    Revoked,
    WrongClockProblem,
)
from sync.central.problems.requests import LengthMissing
from sync.central.spoken import Signer, asked_of
from sync.central.stations import KnownStation
from sync.envelope import BadSignature
from sync.signatures import (
    Asked,
    Question,
    Reply,
    UnknownKey,
    WrongClock,
    sign_reply,
    verify_question,
)


def watch() -> None:
    """Let a request in if its address asks for no station, or a station we know signed it.

    Errors: as `admit`; LengthMissing, for a part whose end could not be told.
    """
    speech = asked_of()
    is_open = speech.signer is not Signer.STATION if speech else not request.path.startswith("/v1/")
    if is_open or request.endpoint is None:
        return
    if request.method == "PATCH" and request.content_length is None:
        raise LengthMissing
    admit()


def admit() -> None:
    """Let the request in if a station we know signed it, just now and for the first time.

    Errors: NotEnrolled; Revoked; WrongClockProblem; RequestSignatureProblem; Replayed.
    """
    asked = who_asks(_key)
    station = stations.by_key(database(), asked.key_id)
    if station is None:
        raise NotEnrolled
    if station.is_revoked:
        raise Revoked
    if not nonces.is_first(database(), asked, central().now()):
        raise Replayed
    g.station = station


def turn_away_revoked() -> None:
    """Return unless a station that was revoked signed this request; who else asks is not asked who he is.

    Errors: Revoked.
    """
    here = central()
    try:  # at any time: a wrong clock is what many ask for
        asked = verify_question(_question(), request.get_data(), _key, here.keys.public_key, None)
    except (UnknownKey, BadSignature):
        return
    station = stations.by_key(database(), asked.key_id)
    if station is not None and station.is_revoked:
        raise Revoked


def must_be_known(name: str) -> KnownStation:
    """Return the station that a document names as its own; its signature is for the caller to check.

    Errors: NotEnrolled; Revoked.
    """
    station = stations.find(database(), name)
    if station is None:
        raise NotEnrolled
    if station.is_revoked:
        raise Revoked
    return station


def asking() -> KnownStation:
    """The station whose request was let in."""
    station: KnownStation = g.station
    return station


def who_asks(find: Callable[[str], Ed25519PublicKey | None]) -> Asked:
    """Return who signed this request, with one of the keys that `find` knows.

    Errors: NotEnrolled; WrongClockProblem; RequestSignatureProblem.
    """
    here = central()
    body = None if request.method == "PATCH" else request.get_data()
    try:
        return verify_question(_question(), body, find, here.keys.public_key, here.now())
    except UnknownKey as why:
        raise NotEnrolled from why
    except WrongClock as why:
        raise WrongClockProblem from why
    except BadSignature as why:
        raise RequestSignatureProblem(str(why)) from why


def sign(response: Response) -> Response:
    """Sign an answer of the wire, refusals too: a portal's refusal must not put a declaration aside."""
    if not request.path.startswith("/v1/"):
        return response
    here = central()
    body = None if request.method == "HEAD" else response.get_data()
    reply = Reply(response.status_code, dict(response.headers), _question())
    try:
        headers = sign_reply(reply, body, here.keys.signing, here.now())
    except BadSignature:
        return response  # such a request is no station's
    for name in ("Content-Digest", "Signature-Input", "Signature"):
        if name in headers:
            response.headers[name] = headers[name]
    return response


def _key(name: str) -> Ed25519PublicKey | None:
    station = stations.by_key(database(), name)
    return station.key if station else None


def _question() -> Question:
    # Werkzeug's address is decoded, and cannot be turned back into what was signed.
    return Question(request.method, f"http://central{request.environ.get('RAW_URI')}", dict(request.headers))

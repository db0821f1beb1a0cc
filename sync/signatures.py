"""HTTP message signatures (RFC 9421): who asks central, and whether an answer is central's.

Neither host nor scheme is signed, because a proxy may rewrite both; central's own key is named instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    MappingKeyResolver,
    VerifyResult,
)
from http_message_signatures.algorithms import ED25519

from sync.envelope import BadSignature, key_id

CENTRAL_HEADER = "Central-Key"
"""Names the key of the central that is asked, so that another central cannot be sent the same request."""

OLDEST = timedelta(minutes=5)
SKEW = timedelta(seconds=120)
"""How old a request may be, and how far two clocks may differ. Source: design.md, section 5."""

_TAG = "bhxh-station/1"
_QUESTION = ("@method", "@path", "@query", CENTRAL_HEADER.lower())
_STREAMED = (*_QUESTION, "upload-offset", "content-length")
_ANSWER = ("@status", '"@method";req', '"@path";req', '"@query";req')
_NONCE_LENGTHS = range(16, 65)


class UnknownKey(Exception):
    """Nobody known has this key."""


class WrongClock(Exception):
    """The request is from too long ago, or from the future."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request as far as it is signed.

    Shape: `url` is absolute and still encoded; only its path and query count.
    """

    method: str
    url: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as far as it is signed; the names are those the library reads."""

    status_code: int
    headers: dict[str, str]
    request: Question


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, and the number that makes this request unlike any other. Units: `created` is a Unix time."""

    key_id: str
    nonce: str
    created: int


def sign_question(
    question: Question, body: bytes | None, key: Ed25519PrivateKey, central: Ed25519PublicKey, at: datetime
) -> dict[str, str]:
    """Return the headers of a request, with its signature among them.

    Shape: `body` is None for a part on its way: its offset and length are signed, because what a cut line
           leaves of it could not be checked against a digest. The part's own sha-256 is checked at its end.
    """
    name = key_id(key.public_key())
    signed = Question(question.method, question.url, question.headers | {CENTRAL_HEADER: key_id(central)})
    _signer(name, key).sign(
        signed,
        key_id=name,
        created=at,
        nonce=token_urlsafe(16),
        label="station",
        tag=_TAG,
        covered_component_ids=_QUESTION if body is not None else _STREAMED,
        body=body,
    )
    return signed.headers


def verify_question(
    question: Question,
    body: bytes | None,
    find: Callable[[str], Ed25519PublicKey | None],
    central: Ed25519PublicKey,
    at: datetime | None,
) -> Asked:
    """Return who asked, at whatever time if `at` is None.

    Whether he asked the same before is for the caller to find out, by the nonce.

    Errors: UnknownKey; WrongClock; BadSignature.
    """
    resolver = _Resolver(find)
    covered = _QUESTION if body is not None else _STREAMED
    result = _verify(_Verifier(resolver, at), question, body, covered)
    if _header(question.headers, CENTRAL_HEADER) != key_id(central):
        raise BadSignature("the request is for another central")
    if len(result.nonce or "") not in _NONCE_LENGTHS:
        raise BadSignature("the request has no nonce")
    parameters = result.parameters
    return Asked(str(parameters["keyid"]), str(result.nonce), int(parameters["created"]))


def sign_reply(reply: Reply, body: bytes | None, key: Ed25519PrivateKey, at: datetime) -> dict[str, str]:
    """Return the headers of an answer, with its signature among them. `body` is None for HEAD.

    Errors: BadSignature, when the request is too odd to be named in a signature.
    """
    name = key_id(key.public_key())
    try:
        _signer(name, key).sign(
            reply,
            key_id=name,
            created=at,
            label="central",
            tag=_TAG,
            covered_component_ids=_covered(reply),
            body=body,
        )
    except HTTPMessageSignaturesException as why:
        raise BadSignature("the request cannot be named") from why
    return reply.headers


def verify_reply(reply: Reply, body: bytes | None, central: Ed25519PublicKey) -> None:
    """Return if this is central's answer to this very request. `body` is None for HEAD.

    Its time does not count, because the station's clock may be wrong: it covers the signature of the request,
    which was never used before.
    Errors: BadSignature.
    """
    resolver = _Resolver({key_id(central): central}.get)
    try:
        _verify(_Verifier(resolver, None), reply, body, _covered(reply))
    except UnknownKey as why:
        raise BadSignature("signed by another central") from why


def is_signed(headers: dict[str, str]) -> bool:
    """Say whether there is anything to verify."""
    return _header(headers, "Signature") is not None


def _covered(reply: Reply) -> tuple[str, ...]:
    covered: tuple[str, ...] = _ANSWER
    if is_signed(reply.request.headers):
        covered = (*covered, '"signature";req')
    if _header(reply.headers, "Upload-Offset") is not None:
        covered = (*covered, "upload-offset")
    return covered


def _header(headers: dict[str, str], wanted: str) -> str | None:
    return next((value for name, value in headers.items() if name.lower() == wanted.lower()), None)


def _signer(name: str, key: Ed25519PrivateKey) -> HTTPMessageSigner:
    keys = MappingKeyResolver(public_keys={}, private_keys={name: key})
    return HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=keys)


def _verify(
    verifier: HTTPMessageVerifier, message: Question | Reply, body: bytes | None, covered: tuple[str, ...]
) -> VerifyResult:
    if body is not None:
        covered = (*covered, "content-digest")
    try:
        [result] = verifier.verify(
            message, max_age=OLDEST, expect_tag=_TAG, require_components=covered, body=body
        )
    except HTTPMessageSignaturesException as why:
        if isinstance(why.__cause__, UnknownKey):
            raise why.__cause__ from None
        raise BadSignature(f"the signature does not hold: {type(why).__name__}") from why
    except ValueError as why:
        raise BadSignature("more than one signature") from why
    return result


class _Resolver(HTTPSignatureKeyResolver):
    def __init__(self, find: Callable[[str], Ed25519PublicKey | None]) -> None:
        self._find = find

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        key = self._find(key_id)
        if key is None:
            raise UnknownKey
        return key


class _Verifier(HTTPMessageVerifier):
    """The library's, with a clock that is handed in; without one any time will do."""

    def __init__(self, keys: _Resolver, at: datetime | None) -> None:
        super().__init__(signature_algorithm=ED25519, key_resolver=keys)
        self._at = at

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        created = sig_input.params.get("created")
        if type(created) is not int:
            raise InvalidSignature("no time")
        if self._at is None or max_age is None:
            return
        age_seconds = self._at.timestamp() - created
        if not -SKEW.total_seconds() <= age_seconds <= (max_age + SKEW).total_seconds():
            raise WrongClock

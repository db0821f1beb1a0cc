"""A notice: what a station says about a declaration after the pledge, signed, through the same outbox."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.envelope import BadDocument, Context, Payload, open_document, sign_document, take_apart
from sync.manifest import is_declaration_id, is_receipt_code, is_sha256
from sync.pin import is_pin_proof
from sync.times import is_stamp

VERSION = 1

_STATION = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}")


class NoticeKind(StrEnum):
    """What is said: the address it goes to is named after it."""

    WITHDRAWAL = "withdrawal"  # who made the declaration takes it back
    SLIP = "slip"  # the receipt was printed anew, and the secrets of the old one no longer count


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One word about one declaration. No personal data.

    Shape:  `uuid` is its own; `declaration` and `receipt_code` say what it is about. The two secrets' proofs
            are there for a slip only.
    Units:  `at` is the station's clock, UTC text with milliseconds.
    Errors: BadDocument.
    """

    v: int = VERSION
    uuid: str
    kind: NoticeKind
    station: str
    declaration: str
    receipt_code: str
    at: str
    status_token_sha256: str | None = None
    status_pin_scrypt: str | None = None

    def __post_init__(self) -> None:
        _require(self.v == VERSION, "v")
        _require(is_declaration_id(self.uuid), "uuid")
        _require(is_declaration_id(self.declaration), "declaration")
        _require(isinstance(self.station, str) and bool(_STATION.fullmatch(self.station)), "station")
        _require(is_receipt_code(self.receipt_code), "receipt_code")
        _require(self.receipt_code[:4] == self.station, "receipt_code")
        _require(is_stamp(self.at), "at")
        secrets = (self.status_token_sha256, self.status_pin_scrypt)
        if self.kind is NoticeKind.SLIP:
            _require(isinstance(secrets[0], str) and is_sha256(secrets[0]), "status_token_sha256")
            _require(is_pin_proof(secrets[1]), "status_pin_scrypt")
        else:
            _require(secrets == (None, None), "status_token_sha256")


def sign_notice(notice: Notice, key: Ed25519PrivateKey) -> bytes:
    """Return the notice as a document signed by the station."""
    return sign_document(asdict(notice), key, Context.NOTICE)


def open_notice(data: bytes, key: Ed25519PublicKey) -> Notice:
    """Return the notice that this station signed.

    Errors: BadDocument; BadSignature.
    """
    return _notice(open_document(data, key, Context.NOTICE))


def read_notice(data: bytes) -> Notice:
    """Read a notice without believing it: good for finding out whose key should open it.

    Errors: BadDocument.
    """
    return _notice(take_apart(data).payload)


def _notice(payload: Payload) -> Notice:
    if payload.keys() != {field.name for field in fields(Notice)}:
        raise BadDocument("notice: fields")
    try:
        return Notice(**payload | {"kind": NoticeKind(payload["kind"])})
    except ValueError as why:
        raise why if isinstance(why, BadDocument) else BadDocument("notice: kind") from None


def _require(holds: bool, field: str) -> None:
    if not holds:
        raise BadDocument(f"notice: {field}")

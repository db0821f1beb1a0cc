"""The manifest: what a sealed declaration consists of, signed by the station that sealed it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.envelope import BadDocument, Context, Payload, open_document, sign_document, take_apart
from sync.pin import is_pin_proof
from sync.times import is_stamp

VERSION = 1
MAX_PARTS = 32
MAX_PART_BYTES = 32 * 1024 * 1024
"""Units: bytes of ciphertext. Source: a 48-megapixel JPEG of the largest USB cameras stays below 25 MB."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_STATION = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}")
_RECEIPT_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{8,16}[0-9A-HJKMNP-TV-Z*~$=U]")
_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:/-]{0,63}")
_OPERATOR = re.compile(r"[a-z]{1,16}:[0-9]{2,8}")
_PART_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,47}(\.[a-z0-9]{1,8})?")
_OPTIONAL = ("replaces", "operator")  # absent, never null: one spelling
_NUMBERS = ("v", "seq", "keyset_version")
_WORDS = ("procedure", "form", "form_version", "consent_version", "agency", "directory_version", "boot_id")


class BadManifest(BadDocument):
    """A manifest with a field missing or wrong; the message names the field and never its value."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed file of a declaration.

    Shape: `name` is what the opened file is called, "portrait.jpg"; `sha256` is of the ciphertext.
    Units: `size` is bytes of ciphertext.
    """

    name: str
    sha256: str
    size: int

    def __post_init__(self) -> None:
        _require(_fits(_PART_NAME, self.name), "parts.name")
        _require(_fits(_SHA256, self.sha256), "parts.sha256")
        _require(type(self.size) is int and 0 < self.size <= MAX_PART_BYTES, "parts.size")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One sealed declaration, as everybody but central sees it. No personal data.

    Shape:  `prev` is the sha256 of the station's manifest before this one, None for its first: the chain
            shows a fork or a gap. `status_token_sha256` and `status_pin_scrypt` let central check a slip
            without knowing its token and its PIN.
            `replaces` names the declaration, not yet approved, that this one stands for; `operator` is role
            and number of the officer beside the visitor, "supervisor:102", if one was logged in.
    Units:  `captured_at` is the station's clock, UTC text with milliseconds; the official time is central's.
    Errors: BadManifest.
    """

    v: int = VERSION
    uuid: str
    station: str
    seq: int
    prev: str | None
    procedure: str
    form: str
    form_version: str
    consent_version: str
    agency: str
    directory_version: str
    keyset_version: int
    captured_at: str
    clock_verified: bool
    boot_id: str
    receipt_code: str
    status_token_sha256: str
    status_pin_scrypt: str
    parts: tuple[Part, ...]
    replaces: str | None = None
    operator: str | None = None

    def __post_init__(self) -> None:
        self._check_identity()
        for name in _NUMBERS:
            value = getattr(self, name)
            _require(type(value) is int and 0 < value < 2**53, name)
        for name in _WORDS:
            _require(_fits(_WORD, getattr(self, name)), name)
        _require(is_stamp(self.captured_at), "captured_at")
        _require(type(self.clock_verified) is bool, "clock_verified")
        _require(0 < len(self.parts) <= MAX_PARTS, "parts")
        _require(len({part.name for part in self.parts}) == len(self.parts), "parts.name")
        _require(len({part.sha256 for part in self.parts}) == len(self.parts), "parts.sha256")

    def _check_identity(self) -> None:
        _require(self.v == VERSION, "v")
        _require(is_declaration_id(self.uuid), "uuid")
        _require(self.replaces is None or is_declaration_id(self.replaces), "replaces")
        _require(self.operator is None or _fits(_OPERATOR, self.operator), "operator")
        _require(_fits(_STATION, self.station), "station")
        _require(_fits(_RECEIPT_CODE, self.receipt_code), "receipt_code")
        _require(self.receipt_code[:4] == self.station, "receipt_code")
        _require(self.prev is None or _fits(_SHA256, self.prev), "prev")
        _require(_fits(_SHA256, self.status_token_sha256), "status_token_sha256")
        _require(is_pin_proof(self.status_pin_scrypt), "status_pin_scrypt")

    @classmethod
    def from_payload(cls, payload: Payload) -> Manifest:
        """Read the payload of a manifest document; nothing may be missing and nothing more be there.

        Errors: BadManifest.
        """
        wanted = {field.name for field in fields(cls)}
        if odd := (payload.keys() ^ wanted) - set(_OPTIONAL):
            raise BadManifest(f"field {min(odd & wanted)}" if odd & wanted else "unknown field")
        for name in _OPTIONAL:
            _require(payload.get(name, "") is not None, name)
        parts = payload["parts"]
        _require(isinstance(parts, list) and all(_is_part(part) for part in parts), "parts")
        return cls(**payload | {"parts": tuple(Part(**part) for part in parts)})

    def to_payload(self) -> Payload:
        """Write the payload of a manifest document."""
        payload = asdict(self) | {"parts": [asdict(part) for part in self.parts]}
        return {name: value for name, value in payload.items() if name not in _OPTIONAL or value is not None}


def sign_manifest(manifest: Manifest, key: Ed25519PrivateKey) -> bytes:
    """Return the manifest as a document signed by the station."""
    return sign_document(manifest.to_payload(), key, Context.MANIFEST)


def open_manifest(data: bytes, key: Ed25519PublicKey) -> Manifest:
    """Return the manifest that this station signed.

    Errors: BadDocument; BadSignature; BadManifest.
    """
    return Manifest.from_payload(open_document(data, key, Context.MANIFEST))


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest whose signature somebody else has checked, or will: the station's own.

    Errors: BadDocument; BadManifest.
    """
    return Manifest.from_payload(take_apart(data).payload)


def digest_of(data: bytes) -> str:
    """The name a manifest document has in the chain and in acknowledgements: the sha256 of its bytes."""
    return sha256(data).hexdigest()


def is_declaration_id(text: Any) -> bool:
    """Say whether this is a UUIDv7 in its usual spelling: made at the station, sorted as made."""
    if not isinstance(text, str):
        return False
    try:
        uuid = UUID(text)
    except ValueError:
        return False
    return uuid.version == 7 and str(uuid) == text


def is_sha256(text: str) -> bool:
    """Say whether this is a sha256 in lower-case hexadecimal."""
    return _fits(_SHA256, text)


def is_receipt_code(text: Any) -> bool:
    """Say whether this can be the code of a receipt."""
    return _fits(_RECEIPT_CODE, text)


def _is_part(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"name", "sha256", "size"}


def _fits(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _require(holds: bool, field: str) -> None:
    if not holds:
        raise BadManifest(f"field {field}")

"""The acknowledgement: central's signed word that a declaration is safely stored. Nothing else counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.envelope import BadDocument, BadSignature, Context, open_document, sign_document
from sync.manifest import is_declaration_id, is_sha256
from sync.times import is_stamp


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Which declaration, by which bytes, when by central's clock, and as its how many-th.

    Units:  `received_at` is UTC text with milliseconds.
    Errors: BadDocument.
    """

    declaration: str
    manifest_sha256: str
    received_at: str
    number: int

    def __post_init__(self) -> None:
        if not (is_declaration_id(self.declaration) and isinstance(self.manifest_sha256, str)):
            raise BadDocument("acknowledgement: declaration")
        if not is_sha256(self.manifest_sha256) or type(self.number) is not int or self.number < 1:
            raise BadDocument("acknowledgement: manifest or number")
        if not is_stamp(self.received_at):
            raise BadDocument("acknowledgement: time")


def sign_acknowledgement(acknowledgement: Acknowledgement, key: Ed25519PrivateKey) -> bytes:
    """Return the acknowledgement as a document signed by central."""
    return sign_document(asdict(acknowledgement), key, Context.ACKNOWLEDGEMENT)


def open_acknowledgement(
    data: bytes, central: Ed25519PublicKey, *, declaration: str, manifest_sha256: str
) -> Acknowledgement:
    """Return central's acknowledgement of exactly these bytes.

    Errors: BadDocument; BadSignature, also when it is central's word about something else.
    """
    payload: dict[str, Any] = open_document(data, central, Context.ACKNOWLEDGEMENT)
    if payload.keys() != {"declaration", "manifest_sha256", "received_at", "number"}:
        raise BadDocument("acknowledgement: fields")
    acknowledgement = Acknowledgement(**payload)
    if (acknowledgement.declaration, acknowledgement.manifest_sha256) != (declaration, manifest_sha256):
        raise BadSignature("an acknowledgement of another declaration")
    return acknowledgement

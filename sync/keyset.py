"""The key set: to whom declarations are sealed and whose word counts; a document signed by central."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.envelope import BadDocument, Context, Payload, open_document, public_key, public_text, sign_document
from sync.sealing import CannotSeal, must_be_recipient
from sync.times import read_stamp

_FIELDS = {"version", "issued_at", "current", "next", "escrow", "central"}


@dataclass(frozen=True, slots=True)
class KeySet:
    """Central's public keys at one moment.

    Shape: `current`, `next` and `escrow` are age recipients; `central` signs acknowledgements.
    Units: `issued_at` is UTC text with milliseconds.
    """

    version: int
    issued_at: str
    current: str
    next: str
    escrow: str
    central: Ed25519PublicKey

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everyone a declaration is sealed for; any one of them can open it."""
        return (self.current, self.next, self.escrow)

    def is_older_than(self, days: int, at: datetime) -> bool:
        """Say whether it was issued longer ago than so many days; never when they are 0."""
        return days > 0 and at - read_stamp(self.issued_at) > timedelta(days=days)


def sign_key_set(key_set: KeySet, key: Ed25519PrivateKey) -> bytes:
    """Return the key set as a document signed by central."""
    payload: Payload = {"version": key_set.version, "issued_at": key_set.issued_at}
    payload |= {"current": key_set.current, "next": key_set.next, "escrow": key_set.escrow}
    return sign_document(payload | {"central": public_text(key_set.central)}, key, Context.KEY_SET)


def open_key_set(data: bytes, central: Ed25519PublicKey) -> KeySet:
    """Return the key set that central signed.

    Errors: BadDocument; BadSignature.
    """
    payload = open_document(data, central, Context.KEY_SET)
    if payload.keys() != _FIELDS or type(payload["version"]) is not int or payload["version"] < 1:
        raise BadDocument("key set: fields")
    try:
        for name in ("current", "next", "escrow"):
            must_be_recipient(payload[name])
        read_stamp(payload["issued_at"])
        return KeySet(**payload | {"central": public_key(payload["central"])})
    except (CannotSeal, TypeError, ValueError, AttributeError) as why:
        raise BadDocument("key set: values") from why

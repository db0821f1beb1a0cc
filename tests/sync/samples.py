"""Invented declarations, keys and clocks for the tests of the postman and of central."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from uuid_utils.compat import uuid7

from sync.manifest import Manifest, Part
from sync.pin import pin_proof, stretch

TOKEN, PIN = "ab" * 16, "7QXK2M"
TOKEN_SHA256 = sha256(TOKEN.encode()).hexdigest()
PIN_PROOF = pin_proof(b"salt" * 4, stretch(PIN, b"salt" * 4))
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that goes only when it is told to."""

    at: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.at

    def goes(self, **by: float) -> None:
        self.at += timedelta(**by)


def a_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def a_part(name: str = "portrait.jpg", content: bytes = b"") -> Part:
    content = content or os.urandom(64)
    return Part(name, sha256(content).hexdigest(), len(content))


def a_manifest(**changes: object) -> Manifest:
    values = {
        "uuid": str(uuid7()),
        "station": "0042",
        "seq": 1,
        "prev": None,
        "procedure": "child-through-guardian",
        "form": "TK1-TS",
        "form_version": "2026.1",
        "consent_version": "1",
        "agency": "07918",
        "directory_version": "sample-1",
        "keyset_version": 1,
        "captured_at": "2026-11-20T05:00:00.000+00:00",
        "clock_verified": False,
        "boot_id": "2c1d6f9e-1111-4c6e-9f5e-0a4c7e5b9a10",
        "receipt_code": "00420001N",
        "status_token_sha256": TOKEN_SHA256,
        "status_pin_scrypt": PIN_PROOF,
        "parts": (a_part("answers.json"), a_part("portrait.jpg")),
    }
    return Manifest(**values | changes)  # type: ignore[arg-type]

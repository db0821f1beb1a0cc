"""The two secrets of a slip, the token in its QR and the PIN beside its code. Only their hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from kiosk.domain.receipt import ALPHABET
from kiosk.store.declarations import SealedDeclaration
from sync.pin import stretch

PIN_LENGTH = 6


@dataclass(frozen=True, slots=True, repr=False)
class SlipSecrets:
    """What only the paper knows, and what the station may keep of it."""

    token: str
    pin: str
    pin_salt: bytes

    @property
    def token_sha256(self) -> str:
        """What proves the token without telling it."""
        return hashlib.sha256(self.token.encode()).hexdigest()

    @property
    def pin_scrypt(self) -> bytes:
        """What proves the PIN without telling it."""
        return stretch(self.pin, self.pin_salt)


def new_secrets() -> SlipSecrets:
    """Draw a token of 128 bits and a PIN of six characters."""
    pin = "".join(secrets.choice(ALPHABET) for _ in range(PIN_LENGTH))
    return SlipSecrets(secrets.token_hex(16), pin, secrets.token_bytes(16))


def pin_fits(declaration: SealedDeclaration, pin: str) -> bool:
    """Compare a typed PIN with the declaration's, in constant time."""
    return hmac.compare_digest(stretch(pin, declaration.pin_salt), declaration.pin_scrypt)


def token_fits(declaration: SealedDeclaration, token: str) -> bool:
    """Compare a scanned token with the declaration's, in constant time."""
    return hmac.compare_digest(hashlib.sha256(token.encode()).hexdigest(), declaration.token_sha256)

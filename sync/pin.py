"""The PIN of a slip, stretched: station and central check it alike, and neither can read it back."""

from __future__ import annotations

import hashlib
import hmac
import re

from sync.envelope import BadDocument, from_base64, to_base64

_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""About 50 ms a guess: a stolen disk gives up a PIN of 30 bits after a year of one core (RFC 7914 sizes)."""

_PROOF = re.compile(r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}")


def stretch(pin: str, salt: bytes) -> bytes:
    """What proves a PIN without telling it. Shape: 32 bytes; `salt` is 16."""
    return hashlib.scrypt(pin.encode(), salt=salt, **_SCRYPT)


def pin_proof(salt: bytes, stretched: bytes) -> str:
    """Write what `stretch` made as text for a manifest: salt and proof in base64url, with a dot between."""
    return f"{to_base64(salt)}.{to_base64(stretched)}"


def is_pin_proof(text: object) -> bool:
    """Say whether `pin_proof` could have written this."""
    if not isinstance(text, str) or not _PROOF.fullmatch(text):
        return False
    try:
        return all(from_base64(half) for half in text.split("."))
    except BadDocument:
        return False


def take_apart(proof: str) -> tuple[bytes, bytes]:
    """Read what `pin_proof` wrote: the salt, and what was stretched with it."""
    salt, stretched = (from_base64(half) for half in proof.split("."))
    return salt, stretched


def proves(proof: str, pin: str) -> bool:
    """Say whether this PIN made the proof, in constant time. It takes its 50 ms on purpose."""
    salt, stretched = take_apart(proof)
    return hmac.compare_digest(stretch(pin, salt), stretched)

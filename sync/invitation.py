"""The code with which a station introduces itself to central, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from secrets import choice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: survives being read aloud
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})
_HALF = 10
_GROUP = 5


class BadInvitation(ValueError):
    """Not a code of ours; the message never repeats it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A secret that central knows, and the fingerprint by which the station knows central.

    The fingerprint lets the station check whom it talks to before it says the secret.
    Shape: each is 10 characters, 50 bits.
    """

    secret: str = field(repr=False)
    central: str

    @classmethod
    def typed(cls, text: str) -> Invitation:
        """Read what a person typed, with or without dashes, in any case.

        Errors: BadInvitation.
        """
        plain = text.upper().translate(_LOOK_ALIKES)
        if len(plain) != 2 * _HALF or not set(plain) <= set(_ALPHABET):
            raise BadInvitation("a code has four groups of five letters and digits")
        return cls(plain[:_HALF], plain[_HALF:])

    def shown(self) -> str:
        """The code as it is printed: "ABCDE-FGHJK-MNPQR-STVWX"."""
        return _grouped(self.secret + self.central, _GROUP)

    def is_of(self, central: Ed25519PublicKey) -> bool:
        """Say whether this central made the code."""
        return self.central == _short(central, _HALF)


def new_invitation(central: Ed25519PublicKey) -> Invitation:
    """Make a code nobody can guess."""
    return Invitation("".join(choice(_ALPHABET) for _ in range(_HALF)), _short(central, _HALF))


def short_fingerprint(key: Ed25519PublicKey) -> str:
    """What both sides show of a station's key, for two people on the telephone. Shape: "7QXK-2M9P"."""
    return _grouped(_short(key, 8), 4)


def _short(key: Ed25519PublicKey, length: int) -> str:
    number = int.from_bytes(sha256(key.public_bytes_raw()).digest())
    return "".join(_ALPHABET[number >> (251 - 5 * at) & 31] for at in range(length))


def _grouped(text: str, size: int) -> str:
    return "-".join(text[at : at + size] for at in range(0, len(text), size))

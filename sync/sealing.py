"""Sealing with age: whoever holds the ciphertext learns its length and nothing else.

pyrage keeps the interpreter's lock while it works: 1.6 ms for a photo of 300 kB (measured).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
from pyrage import x25519


class CannotSeal(Exception):
    """A recipient is not an age X25519 public key, or there is none."""


class CannotOpen(Exception):
    """The key does not fit, or the ciphertext was changed."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Both halves of a sealing key.

    Shape: `recipient` is "age1…", public; `secret` is "AGE-SECRET-KEY-1…", kept out of reprs.
    """

    recipient: str
    secret: str = field(repr=False)

    def to_file(self) -> bytes:
        """Write the key file that Debian's `age --decrypt --identity` reads."""
        return f"# public key: {self.recipient}\n{self.secret}\n".encode()


def new_identity() -> Identity:
    """Make a sealing key."""
    identity = x25519.Identity.generate()
    return Identity(str(identity.to_public()), str(identity))


def read_identity(path: Path) -> Identity:
    """Read a key file as written by `age-keygen` or `Identity.to_file`.

    Errors: CannotOpen; OSError.
    """
    lines = path.read_text("utf-8", errors="replace").splitlines()
    secrets = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        identity = x25519.Identity.from_str(secrets[0])
    except (IndexError, pyrage.IdentityError) as why:
        raise CannotOpen("the key file holds no age key") from why
    return Identity(str(identity.to_public()), str(identity))


def must_be_recipient(text: str) -> str:
    """Return the text if it is an age public key.

    Errors: CannotSeal.
    """
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError as why:
        raise CannotSeal("not an age public key") from why
    return text


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Seal bytes so that any one of the recipients can open them, and nobody else.

    Errors: CannotSeal.
    """
    try:
        keys = [x25519.Recipient.from_str(text) for text in recipients]
        sealed: bytes = pyrage.encrypt(data, keys)
    except (pyrage.RecipientError, pyrage.EncryptError) as why:
        raise CannotSeal("no usable recipient") from why
    return sealed


def unseal(data: bytes, secret: str) -> bytes:
    """Open sealed bytes with a private key.

    Errors: CannotOpen.
    """
    try:
        opened: bytes = pyrage.decrypt(data, [x25519.Identity.from_str(secret)])
    except (pyrage.IdentityError, pyrage.DecryptError) as why:
        raise CannotOpen("the key does not fit, or the file was changed") from why
    return opened


def prove_sealing() -> None:
    """Seal and open once with a throw-away key; called at start, before anybody trusts the station.

    Errors: CannotSeal, when what comes back is not what went in.
    """
    identity, stranger = new_identity(), new_identity()
    question = b"what goes in comes out"
    sealed = seal(question, [identity.recipient])
    if question in sealed or unseal(sealed, identity.secret) != question:
        raise CannotSeal("the sealing library does not work")
    try:
        unseal(sealed, stranger.secret)
    except CannotOpen:
        return
    raise CannotSeal("the sealing library opens for strangers")

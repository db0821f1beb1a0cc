"""Signing keys in files that only their owner can read."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from sync.durable import write_durably


class BadKeyFile(Exception):
    """A key file cannot be used; the message names the file and the remedy."""


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Read the signing key in this file; make it if there is no file.

    Errors: BadKeyFile, also when others may read the file; OSError.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = Ed25519PrivateKey.generate()
        write_durably(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return read_signing_key(path)


def read_signing_key(path: Path) -> Ed25519PrivateKey:
    """Read the signing key in this file.

    Errors: BadKeyFile, also when others may read the file; OSError.
    """
    if path.stat().st_mode & 0o077:
        raise BadKeyFile(f"{path} can be read by others; run: chmod 600 {path}")
    return parse_signing_key(path.read_bytes(), path)


def parse_signing_key(data: bytes, path: Path) -> Ed25519PrivateKey:
    """Read a signing key from the bytes of a file.

    Errors: BadKeyFile, which names the file.
    """
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError) as why:
        raise BadKeyFile(f"{path} holds no private key; restore it from the backup") from why
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKeyFile(f"{path} holds another kind of key than Ed25519; restore it from the backup")
    return key

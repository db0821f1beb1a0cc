"""The station's signing key, sealed to its machine by systemd-creds: elsewhere the disk is of no use."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.durable import sync_folder, write_durably
from sync.keyfiles import BadKeyFile, parse_signing_key, read_signing_key

NAME = "device.key"
"""Of the credential; a service is handed it by LoadCredentialEncrypted= under this name."""

_SECONDS = 30  # a TPM takes one or two


class NotSealed(Exception):
    """The key stays a file that its owner alone can read; the message says why."""


def sealed_path(key: Path) -> Path:
    """Where the sealed form of a key lies."""
    return key.with_suffix(".cred")


def seal_to_host(key: Path) -> Path:
    """Seal a key file to this machine, its TPM where there is one; remove the file once it opens again.

    Errors: NotSealed; BadKeyFile; OSError.
    """
    plain, sealed = key.read_bytes(), sealed_path(key)
    read_signing_key(key)
    write_durably(sealed, _ask("encrypt", plain))
    if _ask("decrypt", sealed.read_bytes()) != plain:
        sealed.unlink()
        raise NotSealed("systemd-creds gives back something else than it was given")
    key.unlink()
    sync_folder(key.parent)
    return sealed


def open_sealed(key: Path) -> Ed25519PrivateKey:
    """Read a key that was sealed: as systemd hands it to a service, or by asking systemd-creds as root.

    Errors: BadKeyFile; OSError.
    """
    handed = Path(os.environ.get("CREDENTIALS_DIRECTORY", "/nowhere")) / NAME
    if handed.exists():
        return parse_signing_key(handed.read_bytes(), handed)
    sealed = sealed_path(key)
    try:
        return parse_signing_key(_ask("decrypt", sealed.read_bytes()), sealed)
    except NotSealed as why:
        raise BadKeyFile(
            f"{sealed} cannot be opened ({why}); start the services of `kiosk install`, or be root"
        ) from why


def _ask(verb: str, data: bytes) -> bytes:
    program = shutil.which("systemd-creds")
    if program is None:
        raise NotSealed("systemd-creds is not on this machine")
    done = subprocess.run(  # noqa: S603 - a system program, with words of ours
        [program, verb, f"--name={NAME}", "-", "-"],
        input=data,
        capture_output=True,
        check=False,
        timeout=_SECONDS,
    )
    if done.returncode != 0:
        raise NotSealed(f"systemd-creds {verb} ended with {done.returncode}; it may need root")
    return done.stdout

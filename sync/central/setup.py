"""Central's first day: its keys, the signed key set, and which stations it knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.central import stations
from sync.central.database import prepare_database
from sync.central.folder import CentralFolder
from sync.durable import open_db, write_durably
from sync.envelope import BadDocument
from sync.keyfiles import read_signing_key, signing_key
from sync.keyset import KeySet, open_key_set, sign_key_set
from sync.sealing import new_identity, read_identity
from sync.times import stamp


class CentralNotReady(Exception):
    """Central has no keys yet, or not the ones it should have; the message says what to do."""


@dataclass(frozen=True, slots=True)
class CentralKeys:
    """What ingest works with. Shape: `keyset` is the signed document that stations take over."""

    signing: Ed25519PrivateKey = field(repr=False)
    keyset: bytes = field(repr=False)

    @property
    def public_key(self) -> Ed25519PublicKey:
        """What stations pin."""
        return self.signing.public_key()

    @property
    def key_set(self) -> KeySet:
        """The key set, read."""
        return open_key_set(self.keyset, self.public_key)


def prepare(central: Path, escrow: Path, at: datetime) -> CentralKeys:
    """Make keys on the first call, find them again on every other.

    The escrow key goes to its own folder, which belongs in a safe; central keeps only the public half.
    Errors: CentralNotReady; BadKeyFile; CannotOpen; OSError.
    """
    if CentralFolder(central).key_set.exists():
        return load(central)
    escrow.mkdir(mode=0o700, parents=True, exist_ok=True)
    return prepare_for(central, _recipient(escrow / "escrow.key"), at)


def prepare_for(central: Path, escrow_recipient: str, at: datetime) -> CentralKeys:
    """Do the same where somebody else made the escrow key and gave only its public half.

    Errors: as `prepare`.
    """
    folder = CentralFolder(central)
    folder.prepare()
    prepare_database(folder.database)
    if not folder.key_set.exists():
        key = signing_key(folder.signing_key)
        recipients = (_recipient(folder.sealing_key), _recipient(folder.next_sealing_key), escrow_recipient)
        key_set = KeySet(1, stamp(at), *recipients, key.public_key())
        write_durably(folder.key_set, sign_key_set(key_set, key))  # last: with it central is ready
    return load(central)


def load(central: Path) -> CentralKeys:
    """Read central's keys.

    Errors: CentralNotReady; BadKeyFile; OSError.
    """
    folder = CentralFolder(central)
    if not folder.key_set.exists() or not folder.signing_key.exists():
        raise CentralNotReady(f"{central} holds no keys of central; run first: central init --data {central}")
    keys = CentralKeys(read_signing_key(folder.signing_key), folder.key_set.read_bytes())
    try:
        _ = keys.key_set
    except BadDocument as why:
        raise CentralNotReady(f"{folder.key_set} is not signed by {folder.signing_key}: {why}") from why
    return keys


def register_station(central: Path, station: str, key: Ed25519PublicKey) -> None:
    """Make a station known. The same key again is fine.

    Errors: stations.StationKnown, when the id belongs to another key; OSError; sqlite3.Error.
    """
    folder = CentralFolder(central)
    folder.prepare()
    prepare_database(folder.database)
    with open_db(folder.database) as db:
        stations.add(db, station, key)


def _recipient(path: Path) -> str:
    """The public half of the sealing key in this file; made on the first call."""
    if not path.exists():
        write_durably(path, new_identity().to_file())
    return read_identity(path).recipient

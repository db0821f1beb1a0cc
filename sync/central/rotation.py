"""Changing the sealing keys: the next takes over, a new next is made, every station is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sync.central.events import Teller
from sync.central.folder import CentralFolder
from sync.central.setup import load
from sync.durable import open_db, write_durably, writing
from sync.keyset import KeySet, sign_key_set
from sync.sealing import new_identity, read_identity
from sync.times import stamp


def rotate(central: Path, at: datetime) -> KeySet:
    """Make the next key the current one; the old one stays, for what was sealed with it.

    Interrupted anywhere, it can be repeated, and no private half is ever without its file.
    Errors: CentralNotReady; BadKeyFile; CannotOpen; OSError; sqlite3.Error.
    """
    folder = CentralFolder(central)
    held = load(central)
    _settle(folder, held.key_set)
    retired = folder.retired_sealing_key(held.key_set.version)
    write_durably(retired, folder.sealing_key.read_bytes())
    fresh = new_identity()
    write_durably(folder.fresh_sealing_key, fresh.to_file())

    version = held.key_set.version + 1
    following = replace(
        held.key_set,
        version=version,
        issued_at=stamp(at),
        current=held.key_set.next,
        next=fresh.recipient,
    )
    document = sign_key_set(following, held.signing)
    with open_db(folder.database) as db, writing(db):
        Teller(db, held.signing, at).tell_keys(document)
        write_durably(folder.key_set, document)  # from here on the new set counts
    _settle(folder, following)
    return following


def _settle(folder: CentralFolder, key_set: KeySet) -> None:
    """Bring the key files in line with the key set, where a rotation was interrupted after it."""
    fresh = folder.fresh_sealing_key
    if fresh.exists() and read_identity(fresh).recipient == key_set.next:
        if read_identity(folder.next_sealing_key).recipient == key_set.current:
            write_durably(folder.sealing_key, folder.next_sealing_key.read_bytes())
        write_durably(folder.next_sealing_key, fresh.read_bytes())
    fresh.unlink(missing_ok=True)

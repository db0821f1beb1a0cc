"""Opening a declaration with the private key, which ingest never holds."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from sync.central import store
from sync.central.blobs import Blobs
from sync.central.folder import CentralFolder
from sync.central.store import Stored
from sync.durable import write_durably
from sync.manifest import is_declaration_id
from sync.sealing import read_identity, unseal


class NotFound(Exception):
    """No such declaration, or not all of it; the message says which."""


def find(db: Database, name: str) -> Stored:
    """Find a declaration by its uuid or by the code on its slip, in any spelling.

    Errors: NotFound.
    """
    if is_declaration_id(name.lower()):
        found = store.find(db, name.lower())
        matches = [found] if found else []
    else:
        matches = store.by_receipt(db, name.upper().replace("-", "").replace(" ", ""))
    if not matches:
        raise NotFound(f"no declaration {name} here; see: central list")
    if len(matches) > 1:
        raise NotFound(f"{len(matches)} declarations carry the code {name}; give the uuid")
    return matches[0]


def open_parts(folder: CentralFolder, stored: Stored, key: Path, to: Path) -> list[Path]:
    """Unseal all parts into files that only their owner can read; return them.

    Errors: NotFound; CannotOpen; OSError.
    """
    secret = read_identity(key).secret
    blobs = Blobs(folder)
    opened: dict[str, bytes] = {}
    for part in stored.opened().parts:
        if not blobs.is_whole(part):
            raise NotFound(f"{part.name} has not arrived yet")
        sealed = blobs.whole(part.sha256).read_bytes()
        if sha256(sealed).hexdigest() != part.sha256:
            raise NotFound(f"{part.name} is damaged on central's disk; restore it from the backup")
        opened[part.name] = unseal(sealed, secret)
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in opened.items():
        write_durably(to / name, content)
    return [to / name for name in opened]

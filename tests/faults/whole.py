"""What a station's disk holds, and whether each declaration on it is whole."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from kiosk.store import declarations
from sync import outbox
from sync.durable import open_db
from sync.keys import device_key
from sync.manifest import open_manifest
from sync.parcels import Parcels


def whole_declarations(station: Path) -> dict[str, int]:
    """Receipt code to number, of every declaration; each has its manifest and parts, all there and right."""
    key = device_key(station / "keys").public_key()
    parcels = Parcels(station)
    whole = {}
    with open_db(station / "station.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        found = list(declarations.newest(db, 10_000))
        assert {each.uuid for each in found} == {each.uuid for each in _queued(db)}
        for declaration in found:
            entry = outbox.entry(db, declaration.uuid)
            assert entry is not None
            manifest = open_manifest(entry.manifest, key)
            assert parcels.manifest_path(declaration.uuid).read_bytes() == entry.manifest
            for part in manifest.parts:
                assert sha256(parcels.read_part(part)).hexdigest() == part.sha256
            whole[declaration.receipt_code] = declaration.seq
    return whole


def wanted_parts(station: Path) -> set[str]:
    """Names of the parts of all declarations."""
    with open_db(station / "station.db") as db:
        key = device_key(station / "keys").public_key()
        manifests = [open_manifest(each.manifest, key) for each in _queued(db)]
    return {part.sha256 for manifest in manifests for part in manifest.parts}


def _queued(db: Database) -> list[outbox.Entry]:
    entries = outbox.entries(db, limit=10_000)
    return [each for each in entries if each.kind is outbox.Kind.DECLARATION]

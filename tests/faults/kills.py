"""Everybody is killed while declarations pass: every receipt is at central once, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kiosk.store import declarations
from sync import outbox
from sync.central import store
from sync.central.folder import CentralFolder
from sync.durable import open_db
from tests.conftest import ROOT


@dataclass(frozen=True)
class Passed:
    """Counts of what passed. `slips` are pictures that the twin printer made."""

    receipts: int
    slips: int
    declarations: int


def survive_kills(data: Path, *, kills: int, pledges: int, seed: int) -> Passed:
    """Kill at random; fail on anything lost, doubled, changed or invented."""
    command = [sys.executable, "-m", "tests.faults.kill_everybody", str(data)]
    with (data / "out").open("wb") as out:
        subprocess.run(
            [*command, str(kills), str(pledges), str(seed)],
            cwd=ROOT,
            check=True,
            stdout=out,
            stderr=subprocess.STDOUT,
            timeout=3600,
        )
    receipts = (data / "receipts").read_text().split()
    slips = {path.stem.split("-")[0] for path in (data / "slips").glob("*.png")}
    declared = _declared(data / "station")
    held = _held(data / "central")
    assert len(set(receipts)) == len(receipts)
    assert set(receipts) <= declared.keys()
    assert slips <= declared.keys(), "a printed receipt without its declaration"
    assert held == declared, "central holds the same manifests, byte for byte, and no other"
    return Passed(len(receipts), len(slips), len(declared))


def _declared(station: Path) -> dict[str, bytes]:
    """Receipt code to manifest, of all that the station committed; all of it was acknowledged."""
    with open_db(station / "station.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        found = {}
        for each in list(declarations.newest(db, 1_000_000)):
            entry = outbox.entry(db, each.uuid)
            assert entry is not None
            assert entry.state is outbox.State.DELIVERED
            found[each.receipt_code] = entry.manifest
    return found


def _held(central: Path) -> dict[str, bytes]:
    """Receipt code to manifest, of all that central has; every part is there and is what its name says."""
    folder = CentralFolder(central)
    with open_db(folder.database) as db:
        stored = store.newest(db, 1_000_000)
    assert all(each.acknowledgement for each in stored)
    manifests = [each.opened() for each in stored]
    wanted = {part.sha256: part.size for manifest in manifests for part in manifest.parts}
    blobs = {path.name: path.read_bytes() for path in folder.blobs.iterdir() if path.is_file()}
    assert blobs.keys() == wanted.keys(), "nothing else is at central"
    assert all(sha256(content).hexdigest() == name for name, content in blobs.items())
    found = {manifest.receipt_code: each.manifest for manifest, each in zip(manifests, stored, strict=True)}
    assert len(found) == len(stored), "one receipt, one declaration"
    return found

"""Killed at any instant: no receipt without its declaration, and never a half."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.actions.sweep import sweep
from kiosk.store import declarations
from sync import outbox
from sync.durable import open_db
from sync.keys import device_key
from sync.manifest import open_manifest
from sync.parcels import Parcels
from tests.conftest import ROOT

pytestmark = pytest.mark.fault


def test_fifty_kills_leave_every_receipt_whole_and_nothing_half(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.pledge_until_killed", str(tmp_path), "50", "2026"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    receipts = set((tmp_path / "receipts").read_text().split())
    assert len(receipts) >= 50

    station = tmp_path / "station"
    whole = _whole_declarations(station)
    assert receipts <= whole.keys()
    assert sorted(whole.values()) == list(range(1, len(whole) + 1)), "numbers without a gap"

    swept = sweep(station, Parcels(station), at=datetime.now(UTC) + timedelta(minutes=11))
    assert _whole_declarations(station) == whole, "the sweep touches nothing that was promised"
    left = {path.name for path in (station / "parts").iterdir()}
    assert left == _wanted_parts(station)
    assert swept.set_aside == sum(1 for each in station.glob("found/*/*"))


def _whole_declarations(station: Path) -> dict[str, int]:
    """Receipt code to number, of every declaration whose manifest and parts are all there and right."""
    key = device_key(station / "keys").public_key()
    parcels = Parcels(station)
    whole = {}
    with open_db(station / "station.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        for declaration in list(declarations.newest(db, 10_000)):
            entry = outbox.entry(db, declaration.uuid)
            assert entry is not None
            manifest = open_manifest(entry.manifest, key)
            assert parcels.manifest_path(declaration.uuid).read_bytes() == entry.manifest
            for part in manifest.parts:
                assert sha256(parcels.read_part(part)).hexdigest() == part.sha256
            whole[declaration.receipt_code] = declaration.seq
    return whole


def _wanted_parts(station: Path) -> set[str]:
    with open_db(station / "station.db") as db:
        key = device_key(station / "keys").public_key()
        manifests = [open_manifest(each.manifest, key) for each in outbox.entries(db, limit=10_000)]
    return {part.sha256 for manifest in manifests for part in manifest.parts}

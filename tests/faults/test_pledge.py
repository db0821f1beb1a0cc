"""Killed at any instant: no receipt without its declaration, and never a half."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.actions.sweep import sweep
from sync.parcels import Parcels
from tests.conftest import ROOT
from tests.faults.whole import wanted_parts, whole_declarations

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
    whole = whole_declarations(station)
    assert receipts <= whole.keys()
    assert sorted(whole.values()) == list(range(1, len(whole) + 1)), "numbers without a gap"

    swept = sweep(station, Parcels(station), at=datetime.now(UTC) + timedelta(minutes=11))
    assert whole_declarations(station) == whole, "the sweep touches nothing that was promised"
    left = {path.name for path in (station / "parts").iterdir()}
    assert left == wanted_parts(station)
    assert swept.set_aside == sum(1 for each in station.glob("found/*/*"))

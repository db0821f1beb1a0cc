"""Cut the power under the real pledge, many times, and start a station from what is left."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.actions.mend import mend
from kiosk.actions.sweep import sweep
from kiosk.store import database
from sync.parcels import Parcels
from tests.faults.power import cuts, lay, record
from tests.faults.whole import wanted_parts, whole_declarations


@dataclass
class Survived:
    """Counts. `between` are cuts after which a declaration lay there whose receipt was not yet given."""

    operations: int = 0
    points: int = 0
    receipts: int = 0
    between: int = 0


def survive(scratch: Path, *, pledges: int, points: int, seed: int) -> Survived:
    """Fail on the first receipt without its declaration, half declaration or database that cannot be read."""
    data = scratch / "data"
    data.mkdir()
    disk, ops = record(data, pledges, scratch)
    found = Survived(operations=len(ops))
    for receipts, files in cuts(disk, ops, points, random.Random(seed)):
        _start_from(files, data / "station", scratch / "rebuilt", set(receipts), found)
    return found


def _start_from(
    files: dict[str, bytes], root: Path, station: Path, receipts: set[str], found: Survived
) -> None:
    lay(files, root, station)
    Parcels(station).prepare()
    at = datetime.now(UTC) + timedelta(hours=1)
    assert mend(station, at=at) is None, "nothing to mend after a power cut"
    database.prepare(station / "station.db")
    whole = whole_declarations(station)
    assert receipts <= whole.keys(), "a receipt without its declaration"
    assert sorted(whole.values()) == list(range(1, len(whole) + 1)), "numbers without a gap"
    sweep(station, Parcels(station), at=at)
    assert whole_declarations(station) == whole
    assert {path.name for path in Parcels(station).parts()} == wanted_parts(station), "no halves are left"
    found.points += 1
    found.receipts += len(receipts)
    found.between += len(whole) > len(receipts)
    shutil.rmtree(station)

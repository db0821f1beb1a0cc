"""A disk that fills up at every write of a visit: a tmpfs, and a file that takes all but so many pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.actions.begin import begin
from kiosk.actions.submit import submit
from kiosk.cli.open_station import OpenStation
from kiosk.problems.visit import StationResting
from kiosk.visits import Settings
from tests.faults.whole import wanted_parts, whole_declarations
from tests.stations import a_draft, open_station

PAGE = 4096


@dataclass
class Filled:
    """Counts of visits: that the pledge found room for at once, that the ballast saved, that were refused."""

    at_once: int = 0
    saved: int = 0
    refused: int = 0


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False).returncode != 0:
        pytest.skip("a disk can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_at_every_write(disk: Path, pages: range) -> Filled:
    """Begin a visit with room, leave so many pages free, pledge; no visitor may be failed."""
    filled = Filled()
    with open_station(disk) as opened:
        for number, free in enumerate(pages):
            _one_visit(opened, disk, number, free, filled)
        assert len(whole_declarations(disk / "station")) == len(pages)
        left = {path.name for path in opened.station.parcels.parts()}
        assert left == wanted_parts(disk / "station"), "what failed was taken back"
    return filled


def _one_visit(opened: OpenStation, disk: Path, number: int, free: int, filled: Filled) -> None:
    station = opened.station
    visit = begin(station, Settings())
    assert station.ballast.is_laid(), "nobody begins without it"
    visit.draft = a_draft(station.procedures.first, number * 10)
    fill(disk, free * PAGE)
    assert submit(station, visit).pin
    station.visits.leave(visit.id)
    if station.ballast.is_laid():
        filled.at_once += 1
    else:
        filled.saved += 1
    with pytest.raises(StationResting, match="disk"):
        begin(station, Settings())
    filled.refused += 1
    (disk / "filler").unlink()


def fill(disk: Path, leave: int) -> None:
    """Take all room but so many bytes."""
    with (disk / "filler").open("wb", buffering=0) as file:
        while (room := shutil.disk_usage(disk).free - leave) > 0:
            file.write(bytes(min(room, 1 << 20)))

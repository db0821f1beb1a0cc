"""What the station survives: power cuts, kills, a full disk. An assertion ends it at the first thing lost."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from pathlib import Path

from tests.faults.full_disk import fill_at_every_write, small_disk
from tests.faults.kills import survive_kills
from tests.faults.power_cuts import survive


def run(full: bool) -> None:
    """Print what was survived; `--quick` does what `make test` does."""
    with tempfile.TemporaryDirectory() as folder:
        _power_cuts(Path(folder), 2000 if full else 100)
    with tempfile.TemporaryDirectory() as folder:
        _full_disk(Path(folder), range(0, 160, 1 if full else 8))
    with tempfile.TemporaryDirectory() as folder:
        _kills(Path(folder), *((500, 1000) if full else (25, 8)))


def _power_cuts(scratch: Path, points: int) -> None:
    began = time.perf_counter()
    found = survive(scratch, pledges=12, points=points, seed=points)
    print(
        f"{found.points} power cuts under {found.operations} writes, syncs and names of 12 pledges:", end=" "
    )
    print("0 receipts without declaration, 0 halves, 0 unreadable databases")
    print(
        f"  {found.receipts} receipts looked for; {found.between} cuts came between commit and receipt;",
        end="",
    )
    print(f" {time.perf_counter() - began:.0f} s")


def _full_disk(scratch: Path, pages: range) -> None:
    if os.geteuid() != 0:
        print("full disk: not proven, a disk can be mounted by root only")
        return
    logging.getLogger("kiosk").setLevel(logging.ERROR)  # each warning is one visit that the ballast saved
    with small_disk(scratch / "disk", 64) as disk:
        filled = fill_at_every_write(disk, pages)
    print(
        f"{len(pages)} visits on a disk that filled up with 0 to {pages.stop - 1} pages of 4 kB left:",
        end=" ",
    )
    print(f"0 failed; {filled.at_once} had room, the ballast saved {filled.saved}; {filled.refused} refused")


def _kills(scratch: Path, kills: int, pledges: int) -> None:
    began = time.perf_counter()
    passed = survive_kills(scratch, kills=kills, pledges=pledges, seed=kills)
    print(
        f"{kills} kills of serve, sync and central; {passed.receipts} receipts and {passed.slips} printed",
        end=" ",
    )
    print(
        f"slips, {passed.declarations} declarations, each at central once, byte for byte, and nothing else;",
        end="",
    )
    print(f" {time.perf_counter() - began:.0f} s")

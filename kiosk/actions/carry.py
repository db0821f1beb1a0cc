"""Carry declarations to a USB stick, and central's answers from it: what an officer asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.courier import Errand
from kiosk.station import Station
from sync import outbox
from sync.durable import open_db
from sync.stick_file import RETURN_SUFFIX

NOTHING_WAITS, NO_RETURN, NO_KEYS, FAILED = "nothing-waits", "no-return", "not-enrolled", "stick-failed"


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What lies on a stick now. Shape: `file` is its name without the folder."""

    items: int
    file: str


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What the return files of one stick changed here.

    Shape: `other_stations` are ids of stations whose files lie there too; `unusable` counts files that are
           not our central's or not whole.
    """

    files: int
    settled: int
    put_aside: int
    events: int
    other_stations: tuple[str, ...]
    unusable: int


def waiting_for_stick(station: Station) -> tuple[int, int]:
    """How many items wait: those that no stick has carried yet, and all of them."""
    with open_db(station.db_path) as db:
        return outbox.count_for_export(db)


def returns_on(folder: Path) -> list[Path]:
    """The return files on a stick, the oldest first; none on one that was pulled out."""
    try:
        found = [path for path in folder.iterdir() if path.suffix == RETURN_SUFFIX and path.is_file()]
        return sorted(found, key=lambda path: (path.stat().st_mtime, path.name))
    except OSError:
        return []


def carry_out(station: Station, folder: Path, *, everything: bool = False) -> bool:
    """Begin to write what waits to the stick; False if an errand is under way already."""
    return _send(station, Errand("export", folder, station.now()), everything=everything)


def carry_in(station: Station, folder: Path) -> bool:
    """Begin to apply the return files on the stick; False if an errand is under way already."""
    return _send(station, Errand("import", folder, station.now()), everything=False)


def _send(station: Station, errand: Errand, *, everything: bool) -> bool:
    def run(errand: Errand) -> None:
        from kiosk.actions.stick_errand import run_errand  # noqa: PLC0415 - most stations have a line

        run_errand(station, errand, everything=everything)

    return station.courier.send(errand, run)

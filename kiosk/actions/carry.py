"""Carry declarations to a USB stick, and central's answers from it."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.actions.compose_stick_slip import compose_stick_slip
from kiosk.courier import Errand
from kiosk.station import Station
from sync import outbox
from sync.bundle import BadBundle
from sync.durable import open_db
from sync.gate import using
from sync.homeward import WrongStation
from sync.stick import RETURN_SUFFIX, Brought, Stick
from sync.stick_file import StickTrouble

log = logging.getLogger(__name__)

NOTHING_WAITS, NO_RETURN, NO_KEYS, FAILED = "nothing-waits", "no-return", "not-enrolled", "stick-failed"


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
    errand = Errand("export", folder, station.now())
    return station.courier.send(errand, partial(_run, station, partial(_export, everything=everything)))


def carry_in(station: Station, folder: Path) -> bool:
    """Begin to apply the return files on the stick; False if an errand is under way already."""
    return station.courier.send(Errand("import", folder, station.now()), partial(_run, station, _import))


def _run(station: Station, work: Callable[[Station, Stick, Errand], None], errand: Errand) -> None:
    """In the courier's thread: whatever goes wrong is a code for the page."""
    try:
        with _stick(station) as stick:
            if stick is None:
                errand.trouble = NO_KEYS
            else:
                work(station, stick, errand)
    except StickTrouble as why:
        log.info("stick: %s", why)
        errand.trouble = why.fault.value
    except (OSError, sqlite3.Error, ValueError) as why:
        log.warning("stick: %s", type(why).__name__)
        errand.trouble = FAILED


@contextmanager
def _stick(station: Station) -> Iterator[Stick | None]:
    folder, keys = station.db_path.parent, station.keys
    if keys is None:
        yield None
        return
    with using(folder), open_db(station.db_path) as db:
        yield Stick(db, station.parcels, station.config.station.id, keys, folder / "keys", station.now)


def _export(station: Station, stick: Stick, errand: Errand, *, everything: bool) -> None:
    entries = stick.waiting(everything=everything)
    if not entries:
        errand.trouble = NOTHING_WAITS
        return
    errand.total = stick.size_of(entries)
    exported = stick.export(entries, errand.folder, errand.carried)
    slip = compose_stick_slip(station.config, exported, station.now())
    station.spooler.submit_own(slip)  # a convenience: the file is as good without it
    errand.outcome = exported


def _import(_station: Station, stick: Stick, errand: Errand) -> None:
    files = returns_on(errand.folder)
    brought, others, unusable = [], set(), 0
    for path in files:
        try:
            brought.append(stick.bring_back(path))
        except WrongStation as why:
            others.add(why.station)
        except BadBundle as why:
            log.info("return: %s", why)
            unusable += 1
    if not files:
        errand.trouble = NO_RETURN
        return
    errand.outcome = _together(brought, tuple(sorted(others)), unusable)


def _together(brought: list[Brought], others: tuple[str, ...], unusable: int) -> BroughtBack:
    return BroughtBack(
        files=len(brought),
        settled=sum(each.settled for each in brought),
        put_aside=sum(each.put_aside for each in brought),
        events=sum(each.events for each in brought),
        other_stations=others,
        unusable=unusable,
    )

"""What the courier does with a USB stick, in his own thread: write what waits, or bring the answers in."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.actions.carry import FAILED, NO_KEYS, NO_RETURN, NOTHING_WAITS, BroughtBack, CarriedOut, returns_on
from kiosk.actions.compose_stick_slip import compose_stick_slip
from kiosk.courier import Errand
from kiosk.station import Station
from sync.bundle import BadBundle
from sync.durable import open_db
from sync.gate import using
from sync.homeward import WrongStation
from sync.stick import Brought, Stick
from sync.stick_file import StickTrouble

log = logging.getLogger(__name__)


def run_errand(station: Station, errand: Errand, *, everything: bool = False) -> None:
    """Run it to its end; whatever goes wrong is a code for the page."""
    try:
        with _stick(station) as stick:
            if stick is None:
                errand.trouble = NO_KEYS
            elif errand.kind == "export":
                _export(station, stick, errand, everything=everything)
            else:
                _import(stick, errand)
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
    errand.outcome = CarriedOut(exported.items, exported.path.name)


def _import(stick: Stick, errand: Errand) -> None:
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

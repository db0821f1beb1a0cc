"""What the station asks `kiosk sync` to do besides: backups, retention, room on the disk."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from kiosk.actions.back_up import BadBackup, SomebodyIsHere, back_up, is_due
from kiosk.actions.retain import retain
from kiosk.actions.take_directory import take_directory
from kiosk.ballast import MEGABYTE
from kiosk.cli.ballast import ballast_of
from kiosk.cli.context import now, tick
from kiosk.clock import ClockJudge
from kiosk.config import Config
from kiosk.presence import nobody_here
from kiosk.reference import BadReference
from sync.gate import using
from sync.schedule import Chore

TOO_FULL = 5 * MEGABYTE
"""With less free even the postman cannot write down what central has acknowledged, and nothing gets freed."""

log = logging.getLogger(__name__)


def chores_of(config: Config) -> tuple[Chore, ...]:
    """All chores of this station. Each is small and leaves the database to others between its steps."""
    data_dir = config.station.data_dir
    clock = ClockJudge(config.station.clock_verified, now, tick)
    return (
        Chore("backup", 600, _quiet(data_dir, lambda: _back_up(config))),
        Chore("retention", 3600, _quiet(data_dir, lambda: _retain(config, clock))),
        Chore("agencies", 60, _quiet(data_dir, lambda: take_agencies(data_dir))),
        Chore("room", 60, _quiet(data_dir, lambda: _make_room(config))),
    )


def _back_up(config: Config) -> None:
    data_dir, at = config.station.data_dir, now()
    if is_due(data_dir, hour=config.backup.hour, at=at):
        log.info("backup %s made", back_up(data_dir, kept=config.backup.kept, at=at).name)


def _retain(config: Config, clock: ClockJudge) -> None:
    deleted = retain(config.station.data_dir, config.retention, clock)
    log.info("retention: %s", deleted)


def _make_room(config: Config) -> None:
    """While nobody is here the ballast may help the postman; no visit begins before it is laid again."""
    ballast = ballast_of(config)
    with nobody_here(config.station.data_dir) as free:
        if not free:
            return
        if ballast.is_laid() and ballast.free() < TOO_FULL:
            ballast.release()
        else:
            ballast.lay()


def take_agencies(data_dir: Path) -> None:
    """Between two visits: nobody's office may vanish while he looks at it."""
    with nobody_here(data_dir) as free:
        try:
            if free and (version := take_directory(data_dir, at=now())):
                log.info("agencies: version %s taken over", version)
        except BadReference as why:
            log.warning("agencies refused: %s", why)


def _quiet(data_dir: Path, chore: Callable[[], None]) -> Callable[[], None]:
    """A chore that fails has another time; it must not fill the log with a stack."""

    @wraps(chore)
    def run() -> None:
        try:
            with using(data_dir):
                chore()
        except SomebodyIsHere:
            log.info("somebody is here: later")
        except (OSError, sqlite3.Error, BadBackup) as why:
            log.warning("%s", why)

    return run

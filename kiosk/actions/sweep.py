"""After a start: files whose commit never happened are set aside, files of delivered declarations removed."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from kiosk.store import journal, print_jobs
from kiosk.store.journal import Event
from sync import outbox
from sync.durable import open_db, writing
from sync.manifest import Manifest
from sync.parcels import Parcels

YOUNG = timedelta(minutes=10)
KEPT = timedelta(days=30)
"""design.md, P1: a file younger than ten minutes may belong to a pledge under way; found files stay thirty days."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a start found. Units: counts of files and of slips."""

    set_aside: int
    removed: int
    interrupted_slips: int


def sweep(data_dir: Path, parcels: Parcels, *, at: datetime) -> Swept:
    """Tidy up after a crash. Nothing that the database knows and central has not acknowledged is touched."""
    with _alone(data_dir), open_db(data_dir / "station.db") as db:
        wanted, delivered = _wanted(db)
        removed = sum(parcels.remove(manifest) for manifest in delivered)
        set_aside = _set_aside(parcels, wanted, data_dir / "found", at)
        _forget_old(data_dir / "found", at)
        with writing(db):
            slips = print_jobs.interrupt(db, at=at)
            journal.note(db, Event.STARTED, at=at)
            if set_aside:
                journal.note(db, Event.FOUND, at=at, subject=str(set_aside))
    return Swept(set_aside, removed, slips)


def _wanted(db: Database) -> tuple[frozenset[str], list[Manifest]]:
    """Names of files that must stay, and manifests whose files may go."""
    names: set[str] = set()
    delivered: list[Manifest] = []
    for entry in outbox.entries(db):
        manifest = Manifest.read_unverified(entry.manifest)
        if entry.state is outbox.State.DELIVERED:
            delivered.append(manifest)
        else:
            names |= {f"{manifest.uuid}.json", *(part.sha256 for part in manifest.parts)}
    return frozenset(names), delivered


def _set_aside(parcels: Parcels, wanted: frozenset[str], found: Path, at: datetime) -> int:
    count = 0
    for path in parcels.files():
        age = at.timestamp() - path.stat().st_mtime
        if path.name in wanted or age < YOUNG.total_seconds():
            continue
        folder = found / at.strftime("%Y-%m-%d")
        folder.mkdir(parents=True, exist_ok=True)
        path.replace(folder / path.name)
        count += 1
    return count


def _forget_old(found: Path, at: datetime) -> None:
    for folder in found.glob("????-??-??"):
        if folder.name < (at - KEPT).strftime("%Y-%m-%d"):
            shutil.rmtree(folder)


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    with (data_dir / "sweep.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield



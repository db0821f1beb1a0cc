"""After a start: files whose commit never happened are set aside; what was half written is removed."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from kiosk.store import declarations, journal, print_jobs
from kiosk.store.journal import Event
from sync import outbox
from sync.durable import open_db, sync_folder, writing
from sync.manifest import digest_of, read_manifest
from sync.parcels import Parcels

YOUNG = timedelta(minutes=10)
"""A younger file may belong to a pledge under way."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a start found. Units: counts of files and of slips."""

    set_aside: int
    removed: int
    interrupted_slips: int


def sweep(data_dir: Path, parcels: Parcels, *, at: datetime) -> Swept:
    """Tidy up after a crash. Nothing that the database knows and central has not acknowledged is touched."""
    with _alone(data_dir), open_db(data_dir / "station.db") as db:
        removed = _remove_half_written(parcels, at)
        set_aside = _set_aside(db, parcels, data_dir / "found", at)
        with writing(db):
            slips = print_jobs.interrupt(db, at=at)
            journal.note(db, Event.STARTED, at=at)
            if set_aside:
                journal.note(db, Event.FOUND, at=at, subject=str(set_aside))
    return Swept(set_aside, removed, slips)


def _known(db: Database) -> frozenset[str]:
    """Names of the parts that a committed declaration still needs."""
    manifests = (read_manifest(document) for document in outbox.kept_manifests(db))
    return frozenset(part.sha256 for manifest in manifests for part in manifest.parts)


def _remove_half_written(parcels: Parcels, at: datetime) -> int:
    """Half a ciphertext is of no use to anybody."""
    old = [path for path in parcels.half_written() if _is_old(path, at)]
    for path in old:
        path.unlink()
    return len(old)


def _set_aside(db: Database, parcels: Parcels, found: Path, at: datetime) -> int:
    known = _known(db)
    strays = [path for path in parcels.parts() if path.name not in known]
    strays += [path for path in parcels.manifests() if not declarations.is_known(db, path.stem)]
    # After retention the end of the chain is a file only; it tells the next number if the database is lost.
    end = declarations.chain_end(db).manifest_sha256
    strays = [path for path in strays if path.suffix != ".json" or digest_of(path.read_bytes()) != end]
    folder = found / at.strftime("%Y-%m-%d")
    old = [path for path in strays if _is_old(path, at)]
    for path in old:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(folder / path.name)
    if old:
        sync_folder(folder)
    return len(old)


def _is_old(path: Path, at: datetime) -> bool:
    return at.timestamp() - path.stat().st_mtime >= YOUNG.total_seconds()


def forget_aside(aside: Path, *, before: datetime) -> int:
    """Remove what was set aside in this folder before this day; return how many files."""
    number = 0
    for folder in aside.glob("????-??-??*"):
        if folder.name[:10] < before.strftime("%Y-%m-%d"):
            number += sum(1 for _ in folder.iterdir())
            shutil.rmtree(folder)
    return number


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    with (data_dir / "sweep.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

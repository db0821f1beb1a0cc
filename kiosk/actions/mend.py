"""A damaged database: moved aside, replaced by the newest good backup, completed from the manifests."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.actions.back_up import newest_good
from kiosk.actions.keep_adjustments import bring_back_adjustments
from kiosk.actions.recover import recover, unknown
from kiosk.store import database, declarations, journal
from kiosk.store.journal import Event
from sync.durable import open_db, sync_folder, writing
from sync.gate import alone_with_database
from sync.keys import device_key
from sync.parcels import Parcels

_NOTHING = "none"
_OLDER = "older than its manifests"


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done.

    Shape: `backup` is a file's name, or "none"; `aside` where the old database lies; `adjusted` says that the
           settings changed at the screen were lost too and came back.
    """

    why: str
    backup: str
    recovered: int
    aside: Path | None
    adjusted: bool = False


def mend(data_dir: Path, *, at: datetime) -> Mended | None:
    """Check the database at a start; put it right if it is damaged, gone or older than the files beside it.

    Repeated after a power cut at any instant it comes to the same. None when all is well.
    Errors: DatabaseInUse; OSError; sqlite3.OperationalError (locked, disk full); BadKeyFile.
    """
    if not what_is_wrong(data_dir):
        return None
    with alone_with_database(data_dir):
        why = what_is_wrong(data_dir)
        if why is None:
            return None  # another start was faster
        sound = why == _OLDER
        return _rebuild(data_dir, data_dir / "station.db" if sound else newest_good(data_dir), why, at)


def restore(data_dir: Path, backup: Path | None, *, at: datetime) -> Mended:
    """Go back to a backup, by default the newest good one, and complete it. No screen may be served.

    Errors: as `mend`.
    """
    with alone_with_database(data_dir):
        return _rebuild(data_dir, backup or newest_good(data_dir), "asked for", at)


def what_is_wrong(data_dir: Path) -> str | None:
    """Say what is wrong with the database of a station; None when nothing is, or nobody has used it yet.

    Errors: as `mend`.
    """
    path = data_dir / "station.db"
    if not path.exists() or path.stat().st_size == 0:
        return "gone" if _is_used(data_dir) else None
    if found := database.quick_check(path):
        return found
    with open_db(path) as db:
        if not db.table("chain").exists():
            return "empty" if _is_used(data_dir) else None
        signed = unknown(db, Parcels(data_dir), _public_key(data_dir))
        last = max((each.seq for each in signed), default=0)
        # A pledge that failed leaves one number more; two prove that somebody laid an old database here.
        return _OLDER if last > declarations.chain_end(db).seq + 1 else None


def _is_used(data_dir: Path) -> bool:
    return Parcels(data_dir).has_manifests() or newest_good(data_dir) is not None


def _public_key(data_dir: Path) -> Ed25519PublicKey:
    return device_key(data_dir / "keys").public_key()


def _rebuild(data_dir: Path, source: Path | None, why: str, at: datetime) -> Mended:
    """Build the new database beside the old one; only when it is complete does it take its place."""
    path, fresh = data_dir / "station.db", data_dir / "station.db.mending"
    _remove(fresh)
    if source is not None:
        shutil.copyfile(source, fresh)
    database.prepare(fresh)
    parcels = Parcels(data_dir)
    parcels.prepare()
    name = _NOTHING if source is None else source.name
    with open_db(fresh) as db:
        recovered = recover(db, parcels, _public_key(data_dir), at=at)
        with writing(db):
            journal.note(db, Event.RESTORED, at=at, subject=name, detail=str(recovered))
    fresh.chmod(0o600)
    damaged = data_dir / "damaged" / at.strftime("%Y-%m-%dT%H%M%SZ")
    aside = _move_aside(path, damaged)
    sync_folder(data_dir)  # a hot journal of the old database must never meet the new one
    fresh.replace(path)
    _remove(fresh)
    sync_folder(data_dir)
    copies = data_dir / "backups" if source in (None, path) else source.parent
    adjusted = bring_back_adjustments(data_dir, copies, damaged)
    return Mended(why, name, recovered, aside, adjusted)


def _move_aside(path: Path, folder: Path) -> Path | None:
    """Move the old database away with its journal, which belongs to it and to no other."""
    moved = [each for each in (path, _journal_of(path)) if each.exists()]
    for each in moved:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        each.replace(folder / each.name)
    return folder if moved else None


def _remove(path: Path) -> None:
    for each in (path, _journal_of(path)):
        each.unlink(missing_ok=True)


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")

"""What a relay takes from stations, and what it can tell them about it. It knows no station."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from sync import outbox
from sync.durable import open_db, write_durably, writing
from sync.envelope import MAX_DOCUMENT_BYTES, BadDocument
from sync.manifest import Part, read_manifest
from sync.notice import read_notice
from sync.outbox import Entry, Kind
from sync.parcels import Parcels

LEAST_FREE_BYTES = 1_000_000_000
"""A laptop with less is left alone: it is somebody's, and the stations keep what they have."""


class NotTaken(Exception):
    """This item is not taken. Shape: `code` as on the wire, `status` of HTTP."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


class PartsWanted(Exception):
    """These come first. Shape: `missing` are their sha-256."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(len(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Intake:
    """A relay's folder as stations may use it: laid out as a station's, so that a postman can serve it."""

    folder: Path
    now: Callable[[], datetime]

    @property
    def database(self) -> Path:
        """The queue."""
        return self.folder / "station.db"

    @property
    def parcels(self) -> Parcels:
        """Sealed parts and signed manifests."""
        return Parcels(self.folder)

    def keep_part(self, digest: str, content: bytes) -> None:
        """Lay a sealed part down that is what its name says.

        Errors: NotTaken; OSError.
        """
        self._must_have_room()
        if sha256(content).hexdigest() != digest:
            raise NotTaken("hash-differs", 422)
        write_durably(self.parcels.part_path(digest), content)

    def take(self, kind: Kind, uuid: str, document: bytes) -> tuple[Entry, bool]:
        """Queue an item for central, once; return how it stands and whether it is new.

        Its signature is for central to judge, who knows the stations.
        Errors: NotTaken; PartsWanted; OSError; sqlite3.DatabaseError.
        """
        with open_db(self.database) as db:
            if known := outbox.entry(db, uuid):
                return _same(known, document), False
            missing = [part.sha256 for part in _parts(kind, uuid, document) if not self._has(part)]
            if missing:
                raise PartsWanted(missing)
            self._must_have_room()
            return _same(self._queued(db, kind, uuid, document), document), True

    def _queued(self, db: Database, kind: Kind, uuid: str, document: bytes) -> Entry:
        with writing(db):
            if outbox.entry(db, uuid) is None:
                seq = outbox.next_seq(db)  # the relay's own: two stations may use the same number
                outbox.enqueue(db, uuid=uuid, seq=seq, manifest=document, at=self.now(), kind=kind)
        entry = outbox.entry(db, uuid)
        assert entry is not None
        return entry

    def _has(self, part: Part) -> bool:
        path = self.parcels.part_path(part.sha256)
        return path.exists() and path.stat().st_size == part.size

    def _must_have_room(self) -> None:
        must_have_room(self.folder)


def must_have_room(folder: Path) -> None:
    """Return if the laptop has room to spare.

    Errors: NotTaken.
    """
    if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        raise NotTaken("relay-full", 507)


def _same(known: Entry, document: bytes) -> Entry:
    if known.manifest != document:
        raise NotTaken("other-bytes", 409)
    return known


def _parts(kind: Kind, uuid: str, document: bytes) -> tuple[Part, ...]:
    if len(document) > MAX_DOCUMENT_BYTES:
        raise NotTaken("too-large", 413)
    try:
        if kind is Kind.DECLARATION:
            manifest = read_manifest(document)
            named, parts = manifest.uuid, manifest.parts
        else:
            notice = read_notice(document)
            named, parts = (notice.uuid if notice.kind.value == kind.value else ""), ()
    except BadDocument as why:
        raise NotTaken("bad-item", 400) from why
    if named != uuid:
        raise NotTaken("bad-item", 400)
    return parts

"""Declarations at central: announced once, received once, acknowledged with the same word for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from sync.acknowledgement import Acknowledgement
from sync.durable import writing
from sync.manifest import Manifest, digest_of, read_manifest
from sync.times import stamp


class OtherBytes(Exception):
    """This id is taken by a declaration with other bytes; neither is changed."""


class SizeDiffers(Exception):
    """A part with this sha-256 was announced before with another size."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One declaration as central holds it. No personal data.

    Shape: `prev` is the sha256 of the manifest before it, `replaces` the declaration that it corrects.
    Units: times are UTC text with milliseconds by central's clock.
    """

    uuid: str
    station: str
    seq: int
    receipt_code: str
    manifest: bytes = field(repr=False)
    manifest_sha256: str
    announced_at: str
    number: int | None
    received_at: str | None
    acknowledgement: bytes | None = field(repr=False)
    prev: str | None
    replaces: str | None

    def opened(self) -> Manifest:
        """The manifest, whose signature was checked before it was stored."""
        return read_manifest(self.manifest)


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is, counted."""

    stations: int
    expected: int
    received: int


def announce(db: Database, manifest: Manifest, document: bytes, at: datetime) -> bool:
    """Write down what a station will send; return whether it is news.

    Errors: OtherBytes; SizeDiffers. Nothing is changed then.
    """
    with writing(db):
        if known := find(db, manifest.uuid):
            if known.manifest != document:
                raise OtherBytes(manifest.uuid)
            return False
        for part in manifest.parts:
            if part_size(db, part.sha256) not in {None, part.size}:
                raise SizeDiffers(part.sha256)
        row: dict[str, Any] = {"uuid": manifest.uuid, "station": manifest.station, "seq": manifest.seq}
        row |= {"receipt_code": manifest.receipt_code, "manifest": document}
        row |= {"manifest_sha256": digest_of(document), "announced_at": stamp(at)}
        row |= {"prev": manifest.prev, "replaces": manifest.replaces}
        db.table("declarations").insert(row)
        db.table("parts").insert_all(
            {"declaration": manifest.uuid, "name": part.name, "sha256": part.sha256, "size": part.size}
            for part in manifest.parts
        )
        return True


def receive(
    db: Database, uuid: str, at: datetime, sign: Callable[[Acknowledgement], bytes]
) -> tuple[bytes, bool]:
    """Give a declaration its number and acknowledgement, once; return the word and whether it is new.

    The caller has seen every part on the disk. After this, a power cut loses neither them nor the word.
    """
    with writing(db):
        known = find(db, uuid)
        assert known is not None
        if known.acknowledgement is not None:
            return known.acknowledgement, False
        [(number,)] = db.execute("SELECT coalesce(max(number), 0) + 1 FROM declarations").fetchall()
        received_at = stamp(at)
        word = sign(Acknowledgement(uuid, known.manifest_sha256, received_at, number))
        row = {"number": number, "received_at": received_at, "acknowledgement": word}
        db.table("declarations").update(uuid, row)
        return word, True


def find(db: Database, uuid: str) -> Stored | None:
    """Find a declaration by its id."""
    found = _where(db, "uuid = ?", [uuid])
    return found[0] if found else None


def by_receipt(db: Database, code: str) -> list[Stored]:
    """Find declarations by the code on the slip; a correct world has at most one."""
    return _where(db, "receipt_code = ?", [code])


def is_replaced(db: Database, uuid: str) -> bool:
    """Say whether a declaration that stands for this one has arrived whole, from the same station."""
    query = """
        SELECT 1 FROM declarations AS old JOIN declarations AS new
        ON new.replaces = old.uuid AND new.station = old.station
        WHERE old.uuid = ? AND new.received_at IS NOT NULL LIMIT 1
    """
    return bool(db.execute(query, [uuid]).fetchall())


def newest(db: Database, limit: int) -> list[Stored]:
    """List declarations, the newest first."""
    rows = db.table("declarations").rows_where(order_by="announced_at desc, seq desc", limit=limit)
    return [Stored(**row) for row in rows]


def part_size(db: Database, digest: str) -> int | None:
    """How long an announced part is; None when nobody announced it. Units: bytes."""
    rows = db.execute("SELECT size FROM parts WHERE sha256 = ? LIMIT 1", [digest]).fetchall()
    return rows[0][0] if rows else None


def totals(db: Database) -> Totals:
    """Count what there is."""
    query = (
        "SELECT (SELECT count(*) FROM stations), count(*) - count(number), count(number) FROM declarations"
    )
    return Totals(*db.execute(query).fetchall()[0])


def _where(db: Database, where: str, values: list[Any]) -> list[Stored]:
    return [Stored(**row) for row in list(db.table("declarations").rows_where(where, values))]

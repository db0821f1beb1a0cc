"""The stations central knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from sync.durable import writing
from sync.envelope import key_id, public_key, public_text


class StationKnown(Exception):
    """The id belongs to a station with another key; the message says what to do."""


class StationUnknown(Exception):
    """Nobody has this id; the message says what to do."""


class BadStation(ValueError):
    """Not the id of a station."""


@dataclass(frozen=True, slots=True)
class KnownStation:
    """A station with the key that its manifests must be signed with."""

    id: str
    key: Ed25519PublicKey
    is_revoked: bool


def add(db: Database, station: str, key: Ed25519PublicKey) -> None:
    """Make a station known. The same key again is fine.

    Errors: BadStation; StationKnown.
    """
    with writing(db):
        introduce(db, station, key)


def introduce(db: Database, station: str, key: Ed25519PublicKey) -> None:
    """Do the same where the caller holds the transaction.

    Errors: BadStation; StationKnown.
    """
    must_be_id(station)
    known = find(db, station)
    if known is None:
        if other := by_key(db, key_id(key)):
            raise StationKnown(f"this key belongs to station {other.id}")
        row = {"id": station, "public_key": public_text(key), "is_revoked": 0, "key_id": key_id(key)}
        db.table("stations").insert(row)
    elif public_text(known.key) != public_text(key):
        raise StationKnown(f"station {station} is known with another key; choose another id")


def revoke(db: Database, station: str) -> None:
    """Let a station send no more. What it has sent stays; what it has kept waits there. Safe to repeat.

    Errors: StationUnknown.
    """
    with writing(db):
        if find(db, station) is None:
            raise StationUnknown(f"no station {station} here; see: central stations list")
        db.table("stations").update(station, {"is_revoked": 1})


def must_be_id(text: str) -> None:
    """Return if this can be a station's id.

    Errors: BadStation.
    """
    if not re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}", text):
        raise BadStation("a station's id is four characters of 0-9 A-Z without I, L, O, U")


def find(db: Database, station: str) -> KnownStation | None:
    """Find a station by its id."""
    rows = list(db.table("stations").rows_where("id = ?", [station]))
    return _station(rows[0]) if rows else None


def by_key(db: Database, name: str) -> KnownStation | None:
    """Find a station by the name of its key."""
    rows = list(db.table("stations").rows_where("key_id = ?", [name]))
    return _station(rows[0]) if rows else None


def everyone(db: Database) -> list[KnownStation]:
    """List all stations."""
    return [_station(row) for row in list(db.table("stations").rows_where(order_by="id"))]


def _station(row: dict[str, str]) -> KnownStation:
    return KnownStation(row["id"], public_key(row["public_key"]), bool(row["is_revoked"]))

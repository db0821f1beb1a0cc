"""The stations central knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from sync.durable import writing
from sync.envelope import public_key, public_text


class StationKnown(Exception):
    """The id belongs to a station with another key; the message says what to do."""


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
    if not re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}", station):
        raise BadStation("a station's id is four characters of 0-9 A-Z without I, L, O, U")
    with writing(db):
        known = find(db, station)
        if known is None:
            row = {"id": station, "public_key": public_text(key), "is_revoked": 0}
            db.table("stations").insert(row)
        elif public_text(known.key) != public_text(key):
            raise StationKnown(f"station {station} is known with another key; revoke it or choose another id")


def find(db: Database, station: str) -> KnownStation | None:
    """Find a station by its id."""
    rows = list(db.table("stations").rows_where("id = ?", [station]))
    return _station(rows[0]) if rows else None


def everyone(db: Database) -> list[KnownStation]:
    """List all stations."""
    return [_station(row) for row in list(db.table("stations").rows_where(order_by="id"))]


def _station(row: dict[str, str]) -> KnownStation:
    return KnownStation(row["id"], public_key(row["public_key"]), bool(row["is_revoked"]))

"""Central's tables."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

from sync.durable import open_db, writing
from sync.envelope import key_id, public_key
from sync.manifest import read_manifest

migrations = Migrations("central")


def prepare_database(path: Path) -> None:
    """Create or upgrade the database.

    Errors: sqlite3.DatabaseError, when the file is damaged.
    """
    with open_db(path) as db, writing(db):
        migrations.apply(db)


@migrations()
def m0001_stations(db: Database) -> None:
    """Who may send. Shape: `public_key` is base64url."""
    db.table("stations").create(
        {"id": str, "public_key": str, "is_revoked": int},
        pk="id",
        not_null={"public_key", "is_revoked"},
        strict=True,
    )


@migrations()
def m0002_declarations(db: Database) -> None:
    """What was announced; with `number` and `acknowledgement` once all of it is here."""
    db.table("declarations").create(
        {
            "uuid": str,
            "station": str,
            "seq": int,
            "receipt_code": str,
            "manifest": bytes,
            "manifest_sha256": str,
            "announced_at": str,
            "number": int,
            "received_at": str,
            "acknowledgement": bytes,
        },
        pk="uuid",
        not_null={"station", "seq", "receipt_code", "manifest", "manifest_sha256", "announced_at"},
        foreign_keys=[("station", "stations", "id")],
        strict=True,
    )
    db.table("declarations").create_index(["number"], unique=True)
    db.table("declarations").create_index(["receipt_code"])
    db.table("declarations").create_index(["station", "seq"])


@migrations()
def m0003_parts(db: Database) -> None:
    """Which sealed parts are expected, and how long they are. Only announced parts are taken in."""
    db.table("parts").create(
        {"declaration": str, "name": str, "sha256": str, "size": int},
        pk=("declaration", "name"),
        not_null={"sha256", "size"},
        foreign_keys=[("declaration", "declarations", "uuid")],
        strict=True,
    )
    db.table("parts").create_index(["sha256"])


@migrations()
def m0004_station_keys(db: Database) -> None:
    """Find a station by the name of its key, which is what requests are signed with."""
    table = db.table("stations")
    table.add_column("key_id", str)
    for row in list(table.rows):
        table.update(row["id"], {"key_id": key_id(public_key(row["public_key"]))})
    table.create_index(["key_id"], unique=True)


@migrations()
def m0005_nonces(db: Database) -> None:
    """Which signed requests came already. Units: `created` is a Unix time, by the station's dating."""
    table = db.table("nonces")
    table.create(
        {"key_id": str, "nonce": str, "created": int},
        pk=("key_id", "nonce"),
        not_null={"created"},
        strict=True,
    )
    table.create_index(["created"])


@migrations()
def m0006_invitations(db: Database) -> None:
    """One-time codes. Shape: `station` is None where any id will do; `used_by` names a key."""
    db.table("invitations").create(
        {"secret_sha256": str, "station": str, "expires_at": str, "used_by": str},
        pk="secret_sha256",
        not_null={"expires_at"},
        strict=True,
    )


@migrations()
def m0007_events(db: Database) -> None:
    """What stations are told, signed. Shape: `station` is None for all of them."""
    table = db.table("events")
    table.create(
        {"seq": int, "station": str, "declaration": str, "kind": str, "document": bytes},
        pk="seq",
        not_null={"kind", "document"},
        strict=True,
    )
    table.create_index(["station", "seq"])
    table.create_index(["declaration", "seq"])


@migrations()
def m0008_heartbeats(db: Database) -> None:
    """The last heartbeat of each station, and when it came."""
    db.table("heartbeats").create(
        {"station": str, "at": str, "body": bytes}, pk="station", not_null={"at", "body"}, strict=True
    )


@migrations()
def m0009_chain(db: Database) -> None:
    """Which manifest a declaration follows, and which declaration it corrects."""
    table = db.table("declarations")
    table.add_column("prev", str)
    table.add_column("replaces", str)
    for row in list(table.rows):
        manifest = read_manifest(row["manifest"])
        table.update(row["uuid"], {"prev": manifest.prev, "replaces": manifest.replaces})
    table.create_index(["replaces"])
    table.create_index(["station", "prev"])


@migrations()
def m0010_notices(db: Database) -> None:
    """What stations said about declarations afterwards, with central's word for each."""
    table = db.table("notices")
    columns = {"number": int, "uuid": str, "kind": str, "declaration": str}
    columns |= {"document": bytes, "acknowledgement": bytes}
    table.create(columns, pk="number", not_null=columns.keys(), strict=True)
    table.create_index(["uuid"], unique=True)
    table.create_index(["declaration", "kind"])


@migrations()
def m0011_guesses(db: Database) -> None:
    """Wrong guesses at the PIN of a receipt. Units: `at` is when the last one was made."""
    columns = {"code": str, "wrong": int, "at": str}
    db.table("guesses").create(columns, pk="code", not_null=columns.keys(), strict=True)
    db.table("guesses").create_index(["at"])

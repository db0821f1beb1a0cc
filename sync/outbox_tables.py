"""The tables of the outbox, as they grew."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database, Migrations

from sync.durable import writing

migrations = Migrations("outbox")


@migrations()
def m0001_outbox(db: Database) -> None:
    """The queue, laid out by `seq`: a claim writes 17 kB with 100 waiting as with 100,000 (measured)."""
    columns: dict[str, Any] = {"seq": int, "uuid": str, "manifest": bytes, "manifest_sha256": str}
    columns |= {"state": str, "due_at": str, "is_claimed": int, "attempts": int, "enqueued_at": str}
    optional = {"trouble": str, "trouble_detail": str, "delivered_at": str, "acknowledgement": bytes}
    columns |= {"is_cleared": int}
    table = db.table("outbox")
    table.create(columns | optional, pk="seq", not_null=columns.keys(), strict=True)
    table.create_index(["uuid"], unique=True)
    table.create_index(["state"])  # and within a state by seq, the table's own order
    db.execute(
        "CREATE INDEX idx_outbox_uncleared ON outbox (seq) WHERE is_cleared = 0 AND state = 'delivered'"
    )


@migrations()
def m0002_kinds(db: Database) -> None:
    """Room for more than declarations: a number may be there once for each kind."""
    columns = {"seq": int, "kind": str, "uuid": str, "manifest": bytes, "manifest_sha256": str}
    columns |= {"state": str, "due_at": str, "is_claimed": int, "attempts": int, "enqueued_at": str}
    optional = {"trouble": str, "trouble_detail": str, "delivered_at": str, "acknowledgement": bytes}
    columns |= {"is_cleared": int}
    table = db.table("outbox_of_kinds")
    table.create(columns | optional, not_null=columns.keys(), strict=True)
    table.insert_all({**row, "kind": "declaration"} for row in list(db.table("outbox").rows))
    db.table("outbox").drop()
    db.execute("ALTER TABLE outbox_of_kinds RENAME TO outbox")
    db.table("outbox").create_index(["uuid"], unique=True)
    db.table("outbox").create_index(["seq", "kind"], unique=True)
    db.table("outbox").create_index(["state", "seq", "kind"])
    db.execute(
        "CREATE INDEX idx_outbox_uncleared ON outbox (seq) WHERE is_cleared = 0 AND state = 'delivered'"
    )


@migrations()
def m0003_link(db: Database) -> None:
    """How the line is, for sync.link. One row."""
    columns = {"id": int, "trouble": str, "detail": str, "since": str}
    db.table("link").create(columns, pk="id", not_null={"since"}, strict=True)


@migrations()
def m0004_exported(db: Database) -> None:
    """When an item was last written to a stick; it still waits until central's word came back."""
    db.table("outbox").add_column("exported_at", str)


@migrations()
def m0005_withdrawn(db: Database) -> None:
    """Find what central takes no more of, as fast as what it has acknowledged."""
    db.execute(
        "CREATE INDEX idx_outbox_unwanted ON outbox (seq) WHERE is_cleared = 0 AND state = 'withdrawn'"
    )


def prepare(db: Database) -> None:
    """Bring the table up to date; serve and sync may start at the same moment."""
    with writing(db):
        migrations.apply(db)

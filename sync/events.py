"""What central has told this station, kept so that it can be shown without a network."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from sync.durable import writing
from sync.event import Event, Kind, read_event

migrations = Migrations("events")


@migrations()
def m0001_events(db: Database) -> None:
    """Events as central signed and numbered them; `declaration` may be one this station forgot, or none."""
    table = db.table("events")
    table.create(
        {"seq": int, "declaration": str, "kind": str, "document": bytes},
        pk="seq",
        not_null={"kind", "document"},
        strict=True,
    )
    table.create_index(["declaration", "seq"])


def prepare(db: Database) -> None:
    """Bring the table up to date; serve and sync may start at the same moment."""
    with writing(db):
        migrations.apply(db)


def keep(db: Database, told: list[tuple[Event, bytes]]) -> None:
    """Keep events with the documents they came in. The same again changes nothing."""
    rows = [
        {"seq": event.seq, "declaration": event.declaration, "kind": event.kind, "document": document}
        for event, document in told
    ]
    with writing(db):
        db.table("events").insert_all(rows, replace=True)


def cursor(db: Database) -> int:
    """The number of the newest event here; 0 when there is none."""
    [(seq,)] = db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchall()
    return int(seq)


def forget(db: Database, uuid: str) -> None:
    """Remove what central told of a declaration; the last event stays, whatever it says: it is the cursor.

    The caller holds the transaction.
    """
    db.execute("DELETE FROM events WHERE declaration = ? AND seq < (SELECT max(seq) FROM events)", [uuid])


def directory(db: Database) -> Event | None:
    """The newest directory of agencies that central has told; None while it has told none."""
    rows = list(db.table("events").rows_where("kind = ?", [Kind.DIRECTORY]))
    # By its time: a central that was restored from a backup counts on from an older number.
    return max((read_event(row["document"]) for row in rows), key=lambda event: event.at, default=None)


def newest(db: Database, uuid: str) -> Event | None:
    """The last that central decided about a declaration; None while it has decided nothing.

    Shape: `kind` is accepted, returned (with reasons) or withdrawn.
    """
    rows = db.table("events").rows_where("declaration = ?", [uuid], order_by="seq DESC", limit=1)
    found = [read_event(row["document"]) for row in rows]
    return found[0] if found else None

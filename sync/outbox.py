"""The outbox: every signed document until central acknowledges it, and the acknowledgement afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from sync.durable import writing
from sync.manifest import digest_of
from sync.outbox_entry import Counts as Counts  # noqa: PLC0414  nobody else need know where they are
from sync.outbox_entry import Entry as Entry  # noqa: PLC0414
from sync.outbox_entry import Kind as Kind  # noqa: PLC0414
from sync.outbox_entry import State as State  # noqa: PLC0414
from sync.outbox_entry import entry_of, rows
from sync.outbox_tables import prepare as prepare  # noqa: PLC0414  nobody else need know the tables
from sync.times import read_stamp, stamp


def enqueue(
    db: Database, *, uuid: str, seq: int, manifest: bytes, at: datetime, kind: Kind = Kind.DECLARATION
) -> None:
    """Queue one signed document; a declaration has parts on the disk too. The caller holds the transaction.

    Errors: sqlite3.IntegrityError on a second insert, which can only be a bug and must not be hidden.
    """
    row: dict[str, Any] = {
        "uuid": uuid,
        "seq": seq,
        "kind": kind,
        "manifest": manifest,
        "manifest_sha256": digest_of(manifest),
    }
    row |= {"state": State.WAITING, "due_at": stamp(at), "enqueued_at": stamp(at)}
    db.table("outbox").insert(row | {"is_claimed": 0, "attempts": 0, "is_cleared": 0})


def enqueue_anew(db: Database, *, uuid: str, seq: int, notice: bytes, at: datetime, kind: Kind) -> None:
    """Queue a notice in place of an older one of its kind. The caller holds the transaction."""
    db.execute("DELETE FROM outbox WHERE seq = ? AND kind = ?", [seq, kind])
    enqueue(db, uuid=uuid, seq=seq, manifest=notice, at=at, kind=kind)


def following(db: Database, seq: int, kind: Kind) -> Entry | None:
    """Find what follows the declaration with this number, whatever its state."""
    found = rows(db, "seq = ? AND kind = ?", [seq, kind])
    return found[0] if found else None


def claim_next(db: Database, *, at: datetime, until: datetime) -> Entry | None:
    """Take the oldest item that is due, or None.

    One statement, so no two workers take the same one. The claim is a lease: if
    this process dies, the item falls due again at `until`.
    """
    with writing(db):
        found = db.query(
            """
            UPDATE outbox SET due_at = :until, is_claimed = 1, attempts = attempts + 1
            WHERE uuid = (SELECT uuid FROM outbox WHERE state = 'waiting' AND due_at <= :at
                          ORDER BY seq, kind LIMIT 1)
            RETURNING *
            """,
            {"at": stamp(at), "until": stamp(until)},
        )
        claimed = [entry_of(row) for row in found]  # read to the end before the commit
    return claimed[0] if claimed else None


def due(db: Database, *, at: datetime, limit: int) -> list[Entry]:
    """List the oldest items that are due, without taking them."""
    return rows(db, "state = 'waiting' AND due_at <= ?", [stamp(at)], limit=limit)


def postpone(db: Database, uuid: str, *, until: datetime, trouble: str, detail: str) -> None:
    """Give an item back; it falls due again at `until`."""
    _update(db, uuid, due_at=stamp(until), trouble=trouble, trouble_detail=detail)


def give_back(db: Database, uuid: str, *, at: datetime, trouble: str, detail: str) -> None:
    """Give an item back as if it had not been tried: the line is dead, and that is not its fault."""
    with writing(db):
        db.execute("UPDATE outbox SET attempts = max(attempts - 1, 0) WHERE uuid = ?", [uuid])
        _set(db, uuid, due_at=stamp(at), trouble=trouble, trouble_detail=detail)


def quarantine(db: Database, uuid: str, *, trouble: str, detail: str) -> None:
    """Put an item aside with a reason, for the officer; the next ones go on. Nothing is removed."""
    _update(db, uuid, state=State.QUARANTINED, trouble=trouble, trouble_detail=detail)


def settle(db: Database, uuid: str, *, received_at: str, acknowledgement: bytes) -> None:
    """Keep central's signed word, also about what was put aside. After this the parts may be removed."""
    done: dict[str, Any] = {"state": State.DELIVERED, "delivered_at": received_at}
    done |= {"acknowledgement": acknowledgement, "trouble": None, "trouble_detail": None}
    with writing(db):
        db.execute("UPDATE outbox SET state = 'waiting' WHERE uuid = ? AND state = 'quarantined'", [uuid])
        _set(db, uuid, **done)


def withdraw(db: Database, uuid: str) -> None:
    """Note that central takes no more of this declaration, because it was withdrawn."""
    _update(db, uuid, state=State.WITHDRAWN, trouble=None, trouble_detail=None)


def make_all_due(db: Database, at: datetime) -> None:
    """Let every waiting item be tried now.

    For a start, a new boot and a step of the clock: then no `due_at` means anything (design.md, P7).
    """
    with writing(db):
        db.execute("UPDATE outbox SET due_at = ?, is_claimed = 0 WHERE state = 'waiting'", [stamp(at)])


def uncleared(db: Database) -> list[Entry]:
    """List what central has or wants no more; the parts of a declaration may still lie on the disk."""
    delivered = rows(db, "state = 'delivered' AND is_cleared = 0")
    return delivered + rows(db, "state = 'withdrawn' AND is_cleared = 0")


def kept_manifests(db: Database) -> list[bytes]:
    """Return the manifests of all declarations whose parts must still lie on the disk, or may."""
    query = """
        SELECT manifest FROM outbox
        WHERE kind = 'declaration' AND is_cleared = 0 ORDER BY seq
    """
    return [row["manifest"] for row in list(db.query(query))]


def mark_cleared(db: Database, uuid: str) -> None:
    """Note that nothing of a delivered item is left to remove."""
    with writing(db):
        db.execute("UPDATE outbox SET is_cleared = 1 WHERE uuid = ?", [uuid])


def entry(db: Database, uuid: str) -> Entry | None:
    """Find one item, whatever its state."""
    found = rows(db, "uuid = ?", [uuid])
    return found[0] if found else None


def entries(db: Database, *, limit: int, state: State | None = None) -> list[Entry]:
    """List items, the newest first."""
    if state is None:
        return rows(db, "1", order="seq DESC, kind DESC", limit=limit)
    return rows(db, "state = ?", [state], order="seq DESC, kind DESC", limit=limit)


def waiting_after(db: Database, place: tuple[int, str], *, limit: int) -> list[Entry]:
    """List what waits behind this place in the queue, a `seq` and a kind; (0, "") is its head."""
    return rows(db, "state = 'waiting' AND (seq, kind) > (?, ?)", list(place), limit=limit)


def next_seq(db: Database) -> int:
    """The number after the last, for a relay that numbers its queue. The caller holds the transaction."""
    [(last,)] = db.execute("SELECT coalesce(max(seq), 0) FROM outbox").fetchall()
    return int(last) + 1


def for_export(db: Database, *, everything: bool) -> list[Entry]:
    """List what waits, the oldest first; without `everything` only what no stick has carried yet."""
    return rows(db, "state = 'waiting'" + ("" if everything else " AND exported_at IS NULL"))


def count_for_export(db: Database) -> tuple[int, int]:
    """Count what waits: what no stick has carried yet, and all of it."""
    query = "SELECT count(*) FILTER (WHERE exported_at IS NULL), count(*) FROM outbox WHERE state = 'waiting'"
    [(fresh, everything)] = db.execute(query).fetchall()
    return int(fresh), int(everything)


def mark_exported(db: Database, uuids: Sequence[str], *, at: datetime) -> None:
    """Note what a stick carries now."""
    with writing(db):
        for uuid in uuids:
            db.execute("UPDATE outbox SET exported_at = ? WHERE uuid = ?", [stamp(at), uuid])


def unsent(db: Database, *, limit: int) -> list[Entry]:
    """List what central has not acknowledged: first what was put aside, then what waits, the oldest first."""
    aside = rows(db, "state = ?", [State.QUARANTINED], limit=limit)
    return aside + rows(db, "state = ?", [State.WAITING], limit=limit - len(aside))


def counts(db: Database, kind: Kind | None = None) -> Counts:
    """Count items by state, all or those of one kind."""
    query = "SELECT state, count(*) AS number FROM outbox WHERE :kind IN (kind, '') GROUP BY state"
    rows = list(db.query(query, {"kind": kind or ""}))
    found = {row["state"]: row["number"] for row in rows}
    return Counts(**{state: found.get(state, 0) for state in State})


def oldest_waiting_age(db: Database, at: datetime) -> timedelta | None:
    """How long the first in the queue has waited; None when nobody waits."""
    first = rows(db, "state = 'waiting'", limit=1)
    return at - read_stamp(first[0].enqueued_at) if first else None


def central_time(db: Database) -> datetime | None:
    """A late moment that central signed: the last item's it has acknowledged; None when there is none."""
    last = rows(db, "state = 'delivered'", order="seq DESC, kind DESC", limit=1)
    return read_stamp(last[0].delivered_at) if last and last[0].delivered_at else None


def settled(db: Database, *, before: datetime, limit: int) -> list[Entry]:
    """List what central acknowledged before this moment and nothing is left of here, the oldest first."""
    where = "state = 'delivered' AND is_cleared = 1 AND delivered_at < ?"
    return rows(db, where, [stamp(before)], limit=limit)


def forget(db: Database, uuid: str) -> None:
    """Remove a settled item for good. The caller holds the transaction."""
    db.execute("DELETE FROM outbox WHERE uuid = ? AND state = 'delivered'", [uuid])


def _update(db: Database, uuid: str, **values: Any) -> None:
    with writing(db):
        _set(db, uuid, **values)


def _set(db: Database, uuid: str, **values: Any) -> None:
    # Only a waiting item changes: a late worker must not undo what a faster one settled.
    values |= {"is_claimed": 0}
    places = ", ".join(f"{name} = :{name}" for name in values)
    query = f"UPDATE outbox SET {places} WHERE uuid = :uuid AND state = 'waiting'"  # noqa: S608  names are ours
    db.execute(query, values | {"uuid": uuid})

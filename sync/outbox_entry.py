"""One item of the outbox, and how its rows are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlite_utils import Database


class Kind(StrEnum):
    """What is carried. What belongs to a declaration follows it: within a `seq` they go in this order."""

    DECLARATION = "declaration"
    SLIP = "slip"
    WITHDRAWAL = "withdrawal"


class State(StrEnum):
    """Where an item stands on its way to central."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"  # before it arrived: central takes no more of it, and its parts may go
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item in the queue. No personal data.

    Shape: `manifest` is the signed document and `uuid` its own id; `seq` is the declaration's, also for what
           follows it; `trouble` is a code and `trouble_detail` a few words, both about the last try;
           `is_claimed` while the postman is busy with it.
    Units: times are UTC text with milliseconds; `delivered_at` is central's clock, the others the station's.
    """

    uuid: str
    seq: int
    kind: Kind
    manifest: bytes = field(repr=False)
    manifest_sha256: str
    state: State
    due_at: str
    is_claimed: bool
    attempts: int
    trouble: str | None
    trouble_detail: str | None
    enqueued_at: str
    delivered_at: str | None
    exported_at: str | None
    acknowledgement: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items there are in each state."""

    waiting: int
    delivered: int
    quarantined: int
    withdrawn: int = 0


def rows(
    db: Database,
    where: str,
    values: list[Any] | None = None,
    *,
    order: str = "seq, kind",
    limit: int | None = None,
) -> list[Entry]:
    """List the items of which this is true, in the queue's order unless another is given."""
    found = db.table("outbox").rows_where(where, values or [], order_by=order, limit=limit)
    return [entry_of(row) for row in found]


def entry_of(row: dict[str, Any]) -> Entry:
    """Read one row."""
    known = {name: value for name, value in row.items() if name != "is_cleared"}
    known |= {"kind": Kind(row["kind"]), "state": State(row["state"])}
    return Entry(**known | {"is_claimed": bool(row["is_claimed"])})

"""Sealed declarations: the rows that outlive the visit. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError


@dataclass(frozen=True, slots=True, repr=False)
class SealedDeclaration:
    """What the station still knows of a declaration after the pledge. No names, no numbers.

    Shape: `replaces` is the declaration that this one stands for, if it was mended.
    Units: `sealed_at` is UTC text with milliseconds.
    """

    uuid: str
    seq: int
    receipt_code: str
    procedure: str
    agency: str
    sealed_at: str
    pin_salt: bytes
    pin_scrypt: bytes
    token_sha256: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """The last declaration of this station: its number and the sha256 of its manifest, if there is one."""

    seq: int
    manifest_sha256: str | None


def add(db: Database, declaration: SealedDeclaration, manifest_sha256: str) -> None:
    """Insert one declaration and make it the end of the chain.

    Errors: sqlite3.IntegrityError on a second insert, which can only be a bug and must not be hidden.
    """
    db.table("declarations").insert(asdict(declaration))
    continue_after(db, ChainEnd(declaration.seq, manifest_sha256))


def chain_end(db: Database) -> ChainEnd:
    """Read where the chain ends; the next declaration takes `seq` + 1."""
    row = db.table("chain").get(1)
    return ChainEnd(row["seq"], row["manifest_sha256"])


def find(db: Database, uuid: str) -> SealedDeclaration | None:
    """Find a declaration by its id."""
    rows = db.table("declarations").rows_where("uuid = ?", [uuid])
    return next((SealedDeclaration(**row) for row in rows), None)


def by_receipt(db: Database, receipt_code: str) -> SealedDeclaration | None:
    """Find a declaration by the code on its slip."""
    rows = db.table("declarations").rows_where("receipt_code = ?", [receipt_code], limit=1)
    return next((SealedDeclaration(**row) for row in rows), None)


def is_replaced(db: Database, uuid: str) -> bool:
    """Say whether another declaration of this station stands for this one."""
    return bool(db.execute("SELECT 1 FROM declarations WHERE replaces = ? LIMIT 1", [uuid]).fetchall())


def newest(db: Database, limit: int) -> Iterator[SealedDeclaration]:
    """List declarations, the newest first."""
    for row in list(db.table("declarations").rows_where(order_by="seq desc", limit=limit)):
        yield SealedDeclaration(**row)


def between(db: Database, begin: str, end: str) -> list[SealedDeclaration]:
    """List what was sealed from `begin` on and before `end`, UTC text with milliseconds, in order."""
    rows = db.table("declarations").rows_where(
        "sealed_at >= ? AND sealed_at < ?", [begin, end], order_by="seq"
    )
    return [SealedDeclaration(**row) for row in rows]


def uuids(db: Database) -> frozenset[str]:
    """Return the ids of all declarations that were committed."""
    return frozenset(uuid for (uuid,) in db.execute("SELECT uuid FROM declarations").fetchall())


def is_known(db: Database, uuid: str) -> bool:
    """Say whether a declaration with this id was committed."""
    try:
        db.table("declarations").get(uuid)
    except NotFoundError:
        return False
    return True


def forget(db: Database, uuid: str) -> None:
    """Remove what was still known of a declaration. Its number is not given again: the chain keeps it."""
    db.execute("DELETE FROM declarations WHERE uuid = ?", [uuid])


def continue_after(db: Database, end: ChainEnd) -> None:
    """Continue the chain after this declaration, whatever is known of it."""
    db.table("chain").update(1, {"seq": end.seq, "manifest_sha256": end.manifest_sha256})


def replace_secrets(
    db: Database, uuid: str, *, pin_salt: bytes, pin_scrypt: bytes, token_sha256: str
) -> None:
    """A reprinted slip has a new PIN and token; the old ones stop working."""
    db.table("declarations").update(
        uuid, {"pin_salt": pin_salt, "pin_scrypt": pin_scrypt, "token_sha256": token_sha256}
    )

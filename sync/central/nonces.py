"""Which signed requests came already: a copy of one is refused."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from sync.durable import writing
from sync.signatures import OLDEST, SKEW, Asked


def is_first(db: Database, asked: Asked, at: datetime) -> bool:
    """Write this request down; return False if it came before.

    What is too old to pass for a request is forgotten, so the table holds seven minutes.
    """
    forgotten = int((at - OLDEST - SKEW).timestamp()) - 1
    with writing(db):
        db.execute("DELETE FROM nonces WHERE created < ?", [forgotten])
        written = db.execute(
            "INSERT OR IGNORE INTO nonces (key_id, nonce, created) VALUES (?, ?, ?)",
            [asked.key_id, asked.nonce, asked.created],
        )
        return written.rowcount == 1

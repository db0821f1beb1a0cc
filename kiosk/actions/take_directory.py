"""Take over the agencies that central told: whole or not at all, and never an older list."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from kiosk.reference import IMPORTED_DIRECTORY, BadReference, read_directory
from kiosk.store import journal
from kiosk.store.journal import Event
from sync import events
from sync.directory import unpack
from sync.durable import open_db, write_durably, writing
from sync.envelope import BadDocument

_TOLD_AT = "# told: "
"""A remark in the file: when central told the list. One that the office brings in keeps it."""


def take_directory(data_dir: Path, *, at: datetime) -> str | None:
    """Make the newest list that central told the station's own; return its version, None if nothing is new.

    A running screen reads it at its next question: call this while nobody is here.
    Errors: BadReference, and then the station keeps what it has; OSError; sqlite3.Error.
    """
    path = data_dir / IMPORTED_DIRECTORY
    with open_db(data_dir / "station.db") as db:
        told = events.directory(db)
        if told is None or told.directory is None or told.at <= told_at(path):
            return None
        text = _unpacked(told.directory)
        directory = read_directory(text, "the directory that central told")
        write_durably(path, with_told_at(text, told.at).encode())
        with writing(db):
            offices, digest = str(len(directory.agencies)), sha256(text.encode()).hexdigest()
            journal.note(db, Event.AGENCIES, at=at, subject=offices, detail=digest)
    return directory.version


def told_at(path: Path) -> str:
    """When central told the list in this file, or one that was here before it; empty if it never did."""
    text = path.read_text("utf-8-sig") if path.exists() else ""
    found = re.search(rf"^{_TOLD_AT}(\S+)$", text, re.MULTILINE)
    return found[1] if found else ""


def with_told_at(text: str, at: str) -> str:
    """Write it down behind the first line."""
    first, rest = text.split("\n", 1)
    return f"{first}\n{_TOLD_AT}{at}\n{rest}" if at else text


def _unpacked(packed: str) -> str:
    try:
        return unpack(packed)
    except BadDocument as why:
        raise BadReference(str(why)) from why

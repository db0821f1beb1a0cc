"""What the last starts found amiss on the disk: for the officer, for as long as it matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.store import journal
from kiosk.store.journal import Event
from sync.durable import open_db
from sync.times import read_stamp

SHOWN = timedelta(days=30)
"""As long as files that were set aside are kept, by default."""


@dataclass(frozen=True, slots=True)
class LookBack:
    """What an officer should know.

    Shape: `restored_at` is None where no database was restored lately; `recovered` counts the declarations
           that were then read from their files; `set_aside` the files without a declaration.
    """

    restored_at: str | None
    recovered: int
    set_aside: int


def look_back(data_dir: Path, *, at: datetime) -> LookBack:
    """Read it from the journal and from the folder `found`."""
    with open_db(data_dir / "station.db") as db:
        line = journal.newest(db, Event.RESTORED)
    set_aside = sum(1 for _ in (data_dir / "found").glob("*/*"))
    if line is None or at - read_stamp(line.at) > SHOWN:
        return LookBack(None, 0, set_aside)
    return LookBack(line.at, int(line.detail), set_aside)

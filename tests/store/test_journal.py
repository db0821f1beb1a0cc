"""The journal: chained, no place for a name, and honest about what was deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from kiosk.store import database, journal
from kiosk.store.journal import BrokenChain, Event
from sync.durable import open_db, writing
from tests.stations import NOON


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database.prepare(tmp_path / "station.db")
    with open_db(tmp_path / "station.db") as opened:
        with writing(opened):
            for day in range(6):
                journal.note(opened, Event.PLEDGED, at=NOON + timedelta(days=day), subject=f"0042000{day}N")
        yield opened


def test_a_chain_holds_from_the_first_line_to_the_last(db: Database) -> None:
    assert journal.verify(journal.lines(db)) == 6


@pytest.mark.parametrize("column", ["at", "event", "subject", "detail", "prev", "sha256"])
def test_a_changed_line_breaks_it(db: Database, column: str) -> None:
    with writing(db):
        db.execute(f"UPDATE journal SET {column} = 'x' WHERE id = 3")
    with pytest.raises(BrokenChain, match=r"3|4"):
        journal.verify(journal.lines(db))


@pytest.mark.parametrize("line", [1, 3])
def test_a_removed_line_breaks_it(db: Database, line: int) -> None:
    with writing(db):
        db.execute("DELETE FROM journal WHERE id = ?", [line])
    with pytest.raises(BrokenChain):
        journal.verify(journal.lines(db))


def test_old_lines_go_and_a_line_says_how_many(db: Database) -> None:
    with writing(db):
        deleted = journal.prune(db, before=NOON + timedelta(days=3), at=NOON + timedelta(days=6))
    left = list(journal.lines(db))
    assert deleted == 3
    assert [line.event for line in left] == ["pledged"] * 3 + ["deleted"]
    assert left[-1].subject == "3"
    assert journal.verify(iter(left)) == 4
    with writing(db):
        assert journal.prune(db, before=NOON + timedelta(days=3), at=NOON + timedelta(days=6)) == 0


def test_the_last_line_stays_for_the_next_to_hang_on(db: Database) -> None:
    with writing(db):
        journal.prune(db, before=NOON + timedelta(days=99), at=NOON + timedelta(days=99))
    assert journal.verify(journal.lines(db)) == 2


def test_a_clock_that_was_back_in_1970_for_a_while_deletes_nothing_behind_it(db: Database) -> None:
    with writing(db):
        journal.note(db, Event.STARTED, at=NOON - timedelta(days=20_000))
        assert journal.prune(db, before=NOON, at=NOON) == 0


@pytest.mark.parametrize("words", ["Trần Thị Bình", "TRAN THI BINH", "12/3", "a" * 65, "+84912345678"])
def test_what_could_be_a_persons_is_not_written(db: Database, words: str) -> None:
    with writing(db), pytest.raises(ValueError, match="journal"):
        journal.note(db, Event.FOUND, at=NOON, subject=words)
    with writing(db), pytest.raises(ValueError, match="journal"):
        journal.note(db, Event.FOUND, at=NOON, detail=words)


def test_a_journal_of_an_older_version_is_chained_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    with open_db(path) as db:
        database.migrations.apply(db, stop_before="m0005_journal_chain")
        for number in range(3):
            row = {"at": str(number), "event": "pledged", "subject": "", "detail": ""}
            db.table("journal").insert(row)
    database.prepare(path)
    with open_db(path) as db:
        assert journal.verify(journal.lines(db)) == 3

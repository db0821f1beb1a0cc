"""Readers in other processes: the pledge commits or says so, and no transaction stays open."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.actions.submit import submit
from kiosk.problems.visit import SavingFailed
from kiosk.visits import Settings
from sync import durable
from sync.durable import open_db, writing
from tests.conftest import ROOT
from tests.stations import a_draft, open_station

pytestmark = pytest.mark.fault

READ = """
import sqlite3, sys
while True:
    with sqlite3.connect(sys.argv[1]) as db:
        for _ in db.execute("SELECT * FROM outbox, journal LIMIT 2000"): pass
"""
BACK_UP = """
import os, sqlite3, sys
while True:
    db = sqlite3.connect(sys.argv[1])
    try: db.execute("VACUUM INTO ?", [sys.argv[1] + ".backup"])
    except sqlite3.OperationalError: pass
    db.close()
    if os.path.exists(sys.argv[1] + ".backup"): os.unlink(sys.argv[1] + ".backup")
"""


def test_pledges_commit_while_others_read_and_back_up(tmp_path: Path) -> None:
    with open_station(tmp_path) as opened:
        station = opened.station
        readers = [
            subprocess.Popen([sys.executable, "-c", code, str(station.db_path)], cwd=ROOT)
            for code in (READ, BACK_UP)
        ]
        queue = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "--data", str(tmp_path), "queue", "--json"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        try:
            codes = set()
            for number in range(20):
                visit = station.visits.begin(a_draft(station.procedures.first, number * 10), Settings())
                codes.add(submit(station, visit).qr.code.text)
        finally:
            for process in readers:
                process.kill()
                process.wait()
        assert queue.wait(30) == 0
    assert len(codes) == 20


def test_a_database_locked_for_long_gives_a_coded_problem_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "BUSY_SECONDS", 0.2)
    with open_station(tmp_path) as opened:
        station = opened.station
        visit = station.visits.begin(a_draft(station.procedures.first), Settings())
        with _held(station.db_path), pytest.raises(SavingFailed) as problem:
            submit(station, visit)
        assert problem.value.code == "K501"
        assert submit(station, visit).qr.code.text, "pressing again is safe"


def test_a_failed_write_leaves_no_transaction_open(tmp_path: Path) -> None:
    with open_db(tmp_path / "some.db") as db:
        db.table("t").create({"id": int}, pk="id")
        with pytest.raises(ZeroDivisionError), writing(db):
            db.table("t").insert({"id": 1})
            _ = 1 / 0
        assert not db.conn.in_transaction
        assert db.table("t").count == 0


class _held:
    """Somebody else holds the write lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._let_go = threading.Event()
        self._holds = threading.Event()
        self._thread = threading.Thread(target=self._hold)

    def __enter__(self) -> None:
        self._thread.start()
        self._holds.wait(10)

    def __exit__(self, *_: object) -> None:
        self._let_go.set()
        self._thread.join()

    def _hold(self) -> None:
        db = sqlite3.connect(self._path, isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        self._holds.set()
        self._let_go.wait(30)
        db.rollback()
        db.close()

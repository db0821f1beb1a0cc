"""serve goes on, its worker begins anew: after damage found while nobody is here, and after a death."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.actions.back_up import back_up
from kiosk.actions.mend import what_is_wrong
from kiosk.actions.submit import submit
from kiosk.cli.context import now
from kiosk.store import print_jobs
from kiosk.store.print_jobs import PrintState
from kiosk.visits import Settings
from sync import outbox
from sync.durable import open_db, writing
from tests.processes import House, worker_of
from tests.stations import a_draft, open_station

pytestmark = pytest.mark.fault


@pytest.fixture
def pledged(tmp_path: Path) -> Iterator[tuple[House, str]]:
    """A station at work that has sealed one declaration."""
    with open_station(tmp_path) as opened:
        station = opened.station
        visit = station.visits.begin(a_draft(station.procedures.first, 1), Settings())
        uuid = submit(station, visit).uuid
    back_up(tmp_path / "station", kept=3, at=now())
    house = House(tmp_path)
    house.start("serve")
    yield house, uuid
    house.stop()


def test_a_database_damaged_while_nobody_is_here_is_mended_without_anybody(
    pledged: tuple[House, str],
) -> None:
    house, uuid = pledged
    data, serve = house.data / "station", house.processes["serve"]
    first = worker_of(serve.pid)
    with (data / "station.db").open("r+b") as file:
        file.seek(4096)
        file.write(bytes(range(256)) * 64)
    assert what_is_wrong(data)
    _await(lambda: (data / "damaged").exists() and worker_of(serve.pid) not in (None, first))
    assert what_is_wrong(data) is None
    assert serve.poll() is None, "serve itself went on"
    with open_db(data / "station.db") as db:
        assert outbox.entry(db, uuid) is not None


def test_a_worker_that_died_leaves_a_slip_that_the_next_one_asks_about(pledged: tuple[House, str]) -> None:
    house, uuid = pledged
    serve, path = house.processes["serve"], house.data / "station" / "station.db"
    with open_db(path) as db, writing(db):
        print_jobs.mark(db, uuid, PrintState.PRINTING, at=now())
    first = worker_of(serve.pid)
    assert first is not None
    os.kill(first, signal.SIGKILL)

    def is_asked_about() -> bool:
        with open_db(path) as db:
            job = print_jobs.get(db, uuid)
        return job is not None and job.state == PrintState.INTERRUPTED

    _await(is_asked_about)
    assert serve.poll() is None


def _await(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)

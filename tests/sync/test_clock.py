"""The wall clock is moved under a running postman, a real process: libfaketime moves clock, not ticks."""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.clock import ClockWatch
from sync.outbox import State
from tests.sync.samples import Clock
from tests.sync.test_postman import is_delivered, postman, until

LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)


def test_a_watch_tells_a_step_from_time_that_passes():
    clock, ticks = Clock(), [0.0]
    watch = ClockWatch(clock, lambda: ticks[0])
    clock.goes(seconds=3600)
    ticks[0] += 3600
    assert not watch.look()
    clock.goes(days=-1)
    assert (watch.look(), watch.look()) == (True, False)
    clock.goes(days=3650)
    assert watch.look()


class FakeWall:
    """The wall clock of one process, as a file that libfaketime reads before every answer."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.moves(timedelta(0))

    def moves(self, by: timedelta) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(f"{by.total_seconds():+.0f}")
        new.replace(self.file)

    @property
    def environment(self) -> dict[str, str]:
        assert LIBRARY
        fake = {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(self.file)}
        fake |= {"FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
        return os.environ | fake


@contextmanager
def postman_under(wall, station, url):
    with (
        (station.folder / "postman.out").open("wb") as out,
        postman(station, url, 0.3, env=wall.environment, stderr=out) as process,
    ):
        yield process


def logged(station):
    """What the postman said of himself: one JSON object a line, the last perhaps half written."""
    *lines, _ = (station.folder / "postman.out").read_text().split("\n")
    return [json.loads(line) for line in lines]


@pytest.mark.fault
@pytest.mark.skipif(LIBRARY is None, reason="needs Debian's libfaketime")
def test_a_clock_in_1970_then_a_day_back_then_ten_years_on_stops_nothing(station, central, tmp_path):
    wall = FakeWall(tmp_path / "wall")
    wall.moves(datetime(1970, 1, 2, tzinfo=UTC) - datetime.now(UTC))
    first = station.seals()
    with postman_under(wall, station, central.url):
        until(lambda: is_delivered(station, first))
        for by in (timedelta(days=-1), timedelta(days=3650)):
            wall.moves(by)
            sealed = [station.seals() for _ in range(3)]
            until(lambda sealed=sealed: all(is_delivered(station, each) for each in sealed))
        until(lambda: sum(each.get("delivered", 0) for each in logged(station)) == 7)
    held = central.holds(station)
    assert [each.seq for each in held] == list(range(1, 8)), "each once"
    assert all(each.received_at > "2026" for each in held), "the official time is central's"
    said = logged(station)
    assert sum(each["message"].startswith("the clock was moved") for each in said) == 2
    assert {tuple(each)[:4] for each in said} == {("at", "level", "name", "message")}


@pytest.mark.fault
@pytest.mark.skipif(LIBRARY is None, reason="needs Debian's libfaketime")
def test_what_was_postponed_under_a_wrong_clock_is_due_when_it_is_put_right(station, central, tmp_path):
    """Ten years ahead, central was busy; the clock is put right: nobody waits ten years."""
    wall = FakeWall(tmp_path / "wall")
    wall.moves(timedelta(days=3650))
    with postman_under(wall, station, central.url):
        first = station.seals()
        until(lambda: is_delivered(station, first))
        station.clock.at = datetime(2036, 12, 20, tzinfo=UTC)
        sealed = station.seals()
        time.sleep(1.0)
        assert station.entry(sealed).state is State.WAITING
        wall.moves(timedelta(0))
        until(lambda: is_delivered(station, sealed))

"""The clock is moved between pledges: each is taken and numbered, and none of them is called well timed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.actions.submit import submit
from kiosk.store import declarations
from kiosk.visits import Settings
from sync import outbox
from sync.durable import open_db
from sync.manifest import Manifest, read_manifest
from tests.stations import NOON, a_draft, open_station
from tests.test_clock import Hands

pytestmark = pytest.mark.fault

TO_1970, A_DAY_BACK, TEN_YEARS_ON = (
    datetime(1970, 1, 2, tzinfo=UTC) - NOON,
    timedelta(days=-1),
    timedelta(days=3650),
)


def test_pledges_go_on_under_any_clock_and_say_so(tmp_path: Path) -> None:
    hands = Hands()
    with open_station(tmp_path) as opened:
        station = replace(opened.station, now=lambda: hands.wall, tick=lambda: hands.seconds)
        for step in (TO_1970, A_DAY_BACK, TEN_YEARS_ON):
            hands.wall = NOON
            started = replace(station, clock=hands.judge())
            for by in (timedelta(0), step):
                hands.go(wall=by.total_seconds(), ticks=0)
                submit(started, started.visits.begin(a_draft(station.procedures.first), Settings()))
        manifests = _manifests(station.db_path)
    assert [each.seq for each in manifests] == list(range(1, 7)), "in the order of the pledges"
    assert [each.clock_verified for each in manifests] == [True, False] * 3


def _manifests(path: Path) -> list[Manifest]:
    with open_db(path) as db:
        found = [outbox.entry(db, each.uuid) for each in declarations.newest(db, 100)]
    return sorted((read_manifest(each.manifest) for each in found if each), key=lambda each: each.seq)

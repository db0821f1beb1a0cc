"""Whatever a line does: nothing lost, nothing doubled, nothing falsely called sent."""

from __future__ import annotations

import pytest

from sync.outbox import State
from tests.sync.chaos import Chaos, chaos
from tests.sync.cutting import cutting
from tests.sync.endurance import deliver_all, deliver_through, must_all_be_there
from tests.sync.world import a_station, bytes_of, central_process

pytestmark = pytest.mark.fault
REQUESTS = 500


def test_through_five_hundred_bad_requests_everything_arrives_once(tmp_path):
    station = a_station(tmp_path / "station", tmp_path / "central")
    with central_process(tmp_path / "central") as central:
        with chaos(central.port, seed=20261122) as line:
            sealed = deliver_through(line, station, REQUESTS)
        assert line.requests >= REQUESTS
        assert set(line.counted) == set(Chaos), "everything that can happen has happened"
        must_all_be_there(central, station, sealed)
    assert all(station.entry(each).state is State.DELIVERED for each in sealed)


def test_a_cut_costs_no_more_than_one_piece(tmp_path):
    station = a_station(tmp_path / "station", tmp_path / "central")
    sealed = [station.seals(bytes_of(300_000, seed), bytes_of(200_000, seed)) for seed in range(1, 4)]
    with central_process(tmp_path / "central") as central, cutting(central.port, seed=7, hard=0.0) as line:
        deliver_all(line, station)
        must_all_be_there(central, station, sealed)
    assert len(line.wasted) >= 3
    assert max(line.wasted) <= 64 * 1024

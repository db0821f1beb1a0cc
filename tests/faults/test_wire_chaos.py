"""Whatever a line does: nothing lost, nothing doubled, nothing falsely called sent."""

from __future__ import annotations

import pytest

from sync.outbox import State
from tests.sync.chaos import Chaos, chaos
from tests.sync.endurance import deliver_through, must_all_be_there
from tests.sync.world import a_station, central_process

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

from __future__ import annotations

from itertools import count

import pytest

from sync.central.setup import prepare
from tests.sync.samples import NOON
from tests.sync.world import a_station, central_process

_ids = count(1)


@pytest.fixture(scope="module")
def central(tmp_path_factory):
    """The real reference central, a process of its own over real HTTP; every test brings its own station."""
    home = tmp_path_factory.mktemp("central")
    prepare(home / "central", home / "escrow", NOON)
    with central_process(home / "central") as running:
        yield running


@pytest.fixture
def station(tmp_path, central):
    """A new station that central knows."""
    return a_station(tmp_path / "station", central.data, f"{next(_ids):04d}")

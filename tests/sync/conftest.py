from __future__ import annotations

from itertools import count

import pytest

from sync.central.setup import prepare
from tests.sync.samples import NOON
from tests.sync.world import a_station, central_process

_ids = count(1)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The folder of a central with keys, not yet running."""
    folder = tmp_path_factory.mktemp("home")
    prepare(folder / "central", folder / "escrow", NOON)
    return folder / "central"


@pytest.fixture(scope="module")
def central(home):
    """The real reference central, a process of its own over real HTTP; every test brings its own station."""
    with central_process(home) as running:
        yield running


@pytest.fixture
def station(tmp_path, home):
    """A new station that central knows."""
    return a_station(tmp_path / "station", home, f"{next(_ids):04d}")

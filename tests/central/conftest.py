from __future__ import annotations

import pytest

from sync.central.app import create_central
from tests.central.signing import SigningClient
from tests.sync.samples import Clock
from tests.sync.world import a_station, central_process


@pytest.fixture
def station(tmp_path):
    """A station that central knows."""
    return a_station(tmp_path / "station", tmp_path / "central")


@pytest.fixture
def client(station, tmp_path):
    """Flask's client of the real central, without a socket between."""
    app = create_central(tmp_path / "central", Clock())
    app.testing = False  # failures answer as they do in earnest
    app.test_client_class = SigningClient
    return app.test_client(credentials=station.credentials())


@pytest.fixture
def central(station, tmp_path):
    """The same central as a real process."""
    with central_process(tmp_path / "central") as running:
        yield running

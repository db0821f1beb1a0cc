"""The document of the wire, and a fuzzer that holds central to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from schemathesis import GenerationMode

from sync.central.openapi import document_of
from tests.central.fuzzing import Fuzzed, fuzz
from tests.sync.world import a_station, central_process

EXAMPLES = 3
"""For each address; `make bench ARGS=wire` asks a hundred."""


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory):
    home = tmp_path_factory.mktemp("openapi")
    station = a_station(home / "station", home / "central")
    station.clock = lambda: datetime.now(UTC)
    manifest = station.seals()
    with central_process(home / "central") as central:
        station.drains(central.url)
        yield Fuzzed(central.url, station.credentials(), manifest)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("known", [False, True], ids=["any address", "known address"])
def test_central_keeps_to_its_own_document(fuzzed, mode, known):
    assert fuzz(fuzzed, mode, known=known, examples=EXAMPLES) > 0


def test_every_address_of_the_wire_is_described(client):
    app = client.application
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/")}
    described = {path.replace("{", "<").replace("}", ">") for path in document_of(app)["paths"]}
    assert served == described
    assert client.get("/v1/openapi.json").json["openapi"] == "3.1.0"

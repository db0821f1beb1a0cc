"""Central's figures, for this machine only."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from tests.central.test_guard import a_heartbeat
from tests.central.test_wire import JSON, announce, problem


def figures(client):
    told = client.get("/metrics").text
    samples = [each for family in text_string_to_metric_families(told) for each in family.samples]
    return {(each.name, *each.labels.values()): each.value for each in samples}


def test_the_figures_count_and_name_nobody(client, station):
    manifest = station.seals()
    announce(client, manifest, station.keys.device)
    client.post("/v1/heartbeats", data=a_heartbeat(waiting=7).to_bytes(), headers=JSON)
    client.application.extensions["central"].now.goes(seconds=90)
    told = figures(client)
    assert told[("central_stations",)] == told[("central_expected",)] == 1
    assert told[("central_received",)] == told[("central_chain_flaws", "fork")] == 0
    assert told[("central_station_waiting", "0042")] == 7
    assert told[("central_station_silent_seconds", "0042")] == 90
    assert manifest.receipt_code not in client.get("/metrics").text


def test_others_find_no_such_address(client):
    assert problem(client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.7"})) == (404, "not-found")

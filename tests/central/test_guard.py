"""Who is let in, and what is told to the others."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from sync.central.app import create_central
from sync.central.cli import main
from sync.central.folder import CentralFolder
from sync.central.heartbeats import last
from sync.central.setup import register_station
from sync.central.stations import StationKnown
from sync.durable import open_db
from sync.envelope import canonical
from sync.heartbeat import Heartbeat
from sync.signatures import Question, sign_question
from tests.central.test_wire import JSON, TUS, announce, problem
from tests.sync.samples import a_key


@pytest.fixture
def commit(client):
    """A request that passes the door and finds nothing behind it."""
    return lambda: client.post(f"/v1/declarations/{uuid7()}/commit")


PASSED = (404, "unknown-declaration")


def test_the_very_same_request_is_refused_the_second_time(client, commit):
    assert problem(commit()) == PASSED
    assert problem(client.again()) == (401, "replayed")
    assert problem(commit()) == PASSED, "signed anew it is another request"


def test_what_is_too_old_to_pass_is_forgotten(client, commit, tmp_path):
    for _ in range(3):
        commit()
    with open_db(CentralFolder(tmp_path / "central").database) as db:
        assert db.table("nonces").count == 3
        client.application.extensions["central"].now.goes(minutes=8)
        client.credentials.now.goes(minutes=8)
        commit()
        assert db.table("nonces").count == 1


def test_a_replay_after_the_table_has_forgotten_it_is_too_old(client, commit):
    commit()
    client.application.extensions["central"].now.goes(minutes=7, seconds=1)
    assert problem(client.again()) == (401, "wrong-clock")


@pytest.mark.parametrize("minutes", [-60, 3, 60])
def test_a_request_dated_wrongly_is_told_so(client, commit, minutes):
    client.credentials.ahead = timedelta(minutes=minutes)
    assert problem(commit()) == (401, "wrong-clock")


def test_an_unsigned_request_is_refused(client):
    plain = FlaskClient(client.application, TestResponse)
    for path in (f"/v1/declarations/{uuid7()}/commit", "/v1/blobs"):
        assert problem(plain.post(path, headers=TUS)) == (401, "request-signature")
    assert plain.get("/v1/keys").status_code == 200


def test_an_unknown_station_and_a_revoked_one_are_told_apart(client, commit, tmp_path):
    known = client.credentials
    client.credentials = replace(known, device=a_key())
    assert problem(commit()) == (401, "not-enrolled")
    client.credentials = known
    with open_db(CentralFolder(tmp_path / "central").database) as db:
        db.table("stations").update("0042", {"is_revoked": 1})
    assert problem(commit()) == (403, "revoked")


def test_a_request_for_another_central_is_refused(client):
    question = Question("POST", "http://central/v1/blobs", {**TUS, "Content-Length": "0"})
    ours = client.credentials
    headers = sign_question(question, b"", ours.device, a_key().public_key(), ours.now())
    plain = FlaskClient(client.application, TestResponse)
    refused = plain.post("/v1/blobs", headers=headers)
    assert problem(refused) == (401, "request-signature")
    assert refused.json["detail"] == "the request is for another central"


@pytest.mark.parametrize("path", ["/v1/blobs/a%2Bb", "/v1/blobs/%E1%BB%87?", "/v1/blobs/ab?x=%20y&x="])
def test_an_odd_address_is_verified_as_it_was_sent(client, path):
    answer = client.head(path, headers=TUS)
    assert answer.status_code == 404, "which means that the signature held"


def test_one_key_belongs_to_one_station(tmp_path, station):
    with pytest.raises(StationKnown, match="0042"):
        register_station(tmp_path / "central", "0043", station.keys.device.public_key())


def test_stations_from_before_keys_had_names_are_found(tmp_path, station):
    path = CentralFolder(tmp_path / "central").database
    with open_db(path) as db:
        for name in ("m0004_station_keys", "m0005_nonces"):
            db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [name])
        db.execute("DROP INDEX idx_stations_key_id")
        db.execute("ALTER TABLE stations DROP COLUMN key_id")
        db.execute("DROP TABLE nonces")
        db.conn.commit()
    create_central(tmp_path / "central", station.clock)
    with open_db(path) as db:
        [row] = db.table("stations").rows
    assert len(row["key_id"]) == 16


def test_a_manifest_may_come_through_another_station(client, station, tmp_path):
    carrier = a_key()
    register_station(tmp_path / "central", "0077", carrier.public_key())
    client.credentials = replace(client.credentials, device=carrier)
    assert announce(client, station.seals(), station.keys.device).status_code == 201


@pytest.mark.parametrize(
    "wish",
    [
        b"",
        b"[]",
        b"{}",
        canonical({"code": 1, "station": "0001", "public_key": "x"}),
        canonical({"code": "x", "station": "0001", "public_key": "x"}),
    ],
)
def test_a_senseless_wish_is_a_coded_problem(client, wish):
    assert problem(client.post("/v1/stations", data=wish, headers=JSON)) == (422, "bad-enrolment")


def a_heartbeat(**changes):
    values = {"version": "0.1.0", "keyset_version": 1, "waiting": 2, "quarantined": 0}
    values |= {"oldest_seconds": 7, "disk_free_mb": 900, "clock_ahead_seconds": -3}
    return Heartbeat(**values | changes)


def test_a_heartbeat_is_noted_and_a_senseless_one_refused(client, tmp_path):
    beat = a_heartbeat()
    assert client.post("/v1/heartbeats", data=beat.to_bytes(), headers=JSON).status_code == 200
    with open_db(CentralFolder(tmp_path / "central").database) as db:
        assert last(db)["0042"].heartbeat == beat
    for wrong in (b"", b"{}", beat.to_bytes().replace(b"0.1.0", b"x" * 1024), canonical({"version": "1"})):
        refused = client.post("/v1/heartbeats", data=wrong, headers=JSON)
        assert problem(refused) == (422, "bad-heartbeat")
    below = json.loads(beat.to_bytes()) | {"waiting": -1}
    assert client.post("/v1/heartbeats", data=canonical(below), headers=JSON).status_code == 422


def test_devices_in_trouble_are_told_by_the_report(client, tmp_path):
    data = ["--data", str(tmp_path / "central")]
    older = json.loads(a_heartbeat().to_bytes())
    for name in ("paper", "document_camera", "portrait_camera"):
        del older[name]
    assert client.post("/v1/heartbeats", data=canonical(older), headers=JSON).status_code == 200
    assert CliRunner().invoke(main, ["report", *data]).exit_code == 0
    beat = a_heartbeat(paper="no-paper", document_camera="ok", portrait_camera="stalled")
    assert client.post("/v1/heartbeats", data=beat.to_bytes(), headers=JSON).status_code == 200
    told = CliRunner().invoke(main, ["report", *data])
    assert told.exit_code == 1
    assert "0042  device  paper: no-paper" in told.output
    assert "0042  device  portrait camera: stalled" in told.output
    listed = CliRunner().invoke(main, ["stations", "list", *data]).output
    assert "paper no-paper, cameras ok/stalled" in listed
    assert (
        client.post(
            "/v1/heartbeats", data=beat.to_bytes().replace(b"stalled", b"Nguyen"), headers=JSON
        ).status_code
        == 422
    )


@pytest.mark.parametrize("after", ["x", "-1", "9" * 16])
def test_a_senseless_cursor_is_refused(client, after):
    assert problem(client.get(f"/v1/events?after={after}")) == (400, "bad-header")

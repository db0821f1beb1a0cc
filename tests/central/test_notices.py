"""What stations say afterwards: withdrawals, and slips printed anew."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from uuid_utils.compat import uuid7

from sync import events, outbox
from sync.acknowledgement import open_acknowledgement
from sync.central.setup import register_station
from sync.envelope import BadDocument, Context, sign_document
from sync.event import Kind
from sync.manifest import digest_of
from sync.notice import Notice, NoticeKind, open_notice, sign_notice
from sync.outbox import State
from sync.pin import pin_proof, stretch
from tests.central.test_wire import JSON, announce, problem
from tests.sync.samples import PIN, TOKEN, a_key


def a_notice(manifest, **changes):
    values = {"uuid": str(uuid7()), "kind": NoticeKind.WITHDRAWAL, "station": manifest.station}
    values |= {"declaration": manifest.uuid, "receipt_code": manifest.receipt_code}
    return Notice(**values | {"at": "2026-11-20T05:00:00.000+00:00"} | changes)


def a_slip(manifest, token, pin):
    salt = b"pepper" * 3
    proof = pin_proof(salt[:16], stretch(pin, salt[:16]))
    return a_notice(
        manifest, kind=NoticeKind.SLIP, status_token_sha256=digest_of(token.encode()), status_pin_scrypt=proof
    )


def tell(client, notice, key):
    return client.post(f"/v1/{notice.kind}s", data=sign_notice(notice, key), headers=JSON)


@pytest.fixture
def sealed(station):
    return station.seals()


@pytest.fixture
def announced(client, station, sealed):
    announce(client, sealed, station.keys.device)
    return sealed


def test_a_withdrawal_is_acknowledged_with_the_same_word_for_ever(client, station, announced):
    notice = a_notice(announced)
    first, second = (tell(client, notice, station.keys.device) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.data == second.data
    digest = digest_of(sign_notice(notice, station.keys.device))
    open_acknowledgement(first.data, station.keys.central, declaration=notice.uuid, manifest_sha256=digest)
    assert problem(announce(client, announced, station.keys.device)) == (410, "withdrawn")
    assert problem(client.post(f"/v1/declarations/{announced.uuid}/commit")) == (410, "withdrawn")


def test_a_withdrawal_may_come_before_what_it_withdraws(client, station, sealed):
    assert tell(client, a_notice(sealed), station.keys.device).status_code == 201
    assert problem(announce(client, sealed, station.keys.device)) == (410, "withdrawn")


def test_only_the_station_that_took_a_declaration_may_withdraw_it(client, station, announced, tmp_path):
    notice = a_notice(announced)
    assert problem(tell(client, notice, a_key())) == (422, "manifest-signature")
    other = a_key()
    register_station(tmp_path / "central", "9001", other.public_key())
    theirs = replace(notice, station="9001", receipt_code="90010001N")
    assert problem(tell(client, theirs, other)) == (422, "bad-notice")
    stranger = replace(notice, station="9999", receipt_code="99990001N")
    assert problem(tell(client, stranger, other)) == (401, "not-enrolled")
    elsewhere = client.post("/v1/slips", data=sign_notice(notice, station.keys.device), headers=JSON)
    assert problem(elsewhere) == (422, "bad-notice")
    assert problem(client.post("/v1/withdrawals", data=b"{}", headers=JSON)) == (422, "bad-notice")
    assert tell(client, notice, station.keys.device).status_code == 201
    changed = replace(notice, at="2026-11-20T05:00:01.000+00:00")
    assert problem(tell(client, changed, station.keys.device)) == (409, "other-bytes")


def test_a_slip_printed_anew_replaces_the_lost_one(client, station, announced):
    ask = {"code": announced.receipt_code}
    assert client.post("/v1/status", json=ask | {"token": TOKEN}).status_code == 200
    tell(client, a_slip(announced, "cd" * 16, "NEWP2N"), station.keys.device)
    for old in ({"token": TOKEN}, {"pin": PIN}):
        assert problem(client.post("/v1/status", json=ask | old)) == (404, "receipt-unknown")
    for new in ({"token": "cd" * 16}, {"pin": "newp2n"}):
        assert client.post("/v1/status", json=ask | new).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "burnt"},
        {"uuid": "x"},
        {"station": "0043"},
        {"at": 1},
        {"more": 1},
        {"status_token_sha256": "ab" * 32},
    ],
    ids=str,
)
def test_anything_else_is_no_notice(sealed, change):
    key = a_key()
    payload = json.loads(sign_notice(a_notice(sealed), key))["payload"] | change
    with pytest.raises(BadDocument, match="notice"):
        open_notice(sign_document(payload, key, Context.NOTICE), key.public_key())


def test_a_notice_is_read_as_it_was_written(sealed):
    key, notice = a_key(), a_slip(sealed, TOKEN, PIN)
    assert open_notice(sign_notice(notice, key), key.public_key()) == notice


def test_a_withdrawal_travels_through_the_outbox_and_comes_back_as_an_event(station, central):
    delivered, unsent = station.seals(), station.seals()
    station.alters(unsent, due_at="2027-01-01T00:00:00.000+00:00")
    for manifest in (delivered, unsent):
        station.withdraws(manifest)
    station.drains(central.url)
    assert station.hears(central.url) == 2
    with station.database() as db:
        assert {events.newest(db, each.uuid).kind for each in (delivered, unsent)} == {Kind.WITHDRAWN}
        assert outbox.following(db, unsent.seq, outbox.Kind.WITHDRAWAL).state is State.DELIVERED

    station.alters(unsent, due_at="2026-01-01T00:00:00.000+00:00")
    assert station.drains(central.url).quarantined == 0
    assert station.entry(unsent).state is State.WITHDRAWN
    assert not any(station.parcels.part_path(part.sha256).exists() for part in unsent.parts)

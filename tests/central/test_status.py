"""What central tells the holder of a receipt, and nobody else."""

from __future__ import annotations

import pytest

from sync.central import decisions, store
from sync.central.events import Teller
from sync.central.setup import load
from sync.durable import open_db
from sync.event import Fault, Reason
from tests.central.test_wire import announce, problem, send
from tests.sync.samples import NOON, PIN, TOKEN


@pytest.fixture
def sealed(client, station):
    """A declaration that has arrived whole, but was not acknowledged yet."""
    manifest = station.seals()
    announce(client, manifest, station.keys.device)
    for part in manifest.parts:
        send(client, part, station.parcels.read_part(part))
    return manifest


def ask(client, manifest, **secret):
    return client.post("/v1/status", json={"code": manifest.receipt_code} | secret)


def decide(client, manifest, decision, *values):
    folder = client.application.extensions["central"].folder
    with open_db(folder.database) as db:
        teller = Teller(db, load(folder.root).signing, NOON)
        decision(teller, store.find(db, manifest.uuid), *values)


def test_every_state_is_told_in_words(client, sealed):
    assert ask(client, sealed, token=TOKEN).json["state"] == "expected"
    client.post(f"/v1/declarations/{sealed.uuid}/commit")
    received = ask(client, sealed, token=TOKEN).json
    assert (received["state"], received["received_at"]) == ("received", "2026-11-20T05:00:00.000+00:00")
    assert received["words"].startswith("Cơ quan BHXH đã nhận")
    decide(client, sealed, decisions.send_back, (Reason("phone", Fault.WRONG),))
    returned = ask(client, sealed, token=TOKEN).json
    assert (returned["state"], returned["reasons"]) == ("returned", [{"part": "phone", "reason": "wrong"}])
    decide(client, sealed, decisions.withdraw)
    assert ask(client, sealed, token=TOKEN).json["state"] == "withdrawn"


def test_a_correction_shows_at_what_it_replaces(client, station, sealed):
    correction = station.seals(b"answers", b"better photo", replaces=sealed.uuid)
    announce(client, correction, station.keys.device)
    assert ask(client, sealed, token=TOKEN).json["is_corrected"] is False
    for part in correction.parts:
        send(client, part, station.parcels.read_part(part))
    client.post(f"/v1/declarations/{correction.uuid}/commit")
    told = ask(client, sealed, token=TOKEN).json
    assert (told["is_corrected"], told["state"], told["reasons"]) == (True, "replaced", [])
    with pytest.raises(decisions.CannotDecide, match="was replaced"):
        decide(client, sealed, decisions.accept)


def test_code_and_pin_may_be_typed_in_any_spelling(client, sealed):
    code = f"{sealed.receipt_code[:4]}-{sealed.receipt_code[4:]}".lower().replace("0", "o")
    assert client.post("/v1/status", json={"code": code, "pin": PIN.lower()}).status_code == 200


def test_after_five_wrong_pins_the_code_must_wait_and_the_token_need_not(client, sealed):
    for _ in range(5):
        assert problem(ask(client, sealed, pin="000000")) == (404, "receipt-unknown")
    locked = ask(client, sealed, pin=PIN)
    assert problem(locked) == (429, "too-many-tries")
    assert locked.headers["Retry-After"] == "300"
    assert ask(client, sealed, token=TOKEN).status_code == 200
    for clock in (client.application.extensions["central"].now, client.credentials.now):
        clock.goes(minutes=5)
    assert ask(client, sealed, pin=PIN).status_code == 200


def test_an_unknown_code_and_a_wrong_secret_are_told_the_same(client, sealed):
    unknown = client.post("/v1/status", json={"code": "00429999N", "token": TOKEN})
    wrong = ask(client, sealed, token="0" * 32)
    assert unknown.data == wrong.data
    assert problem(wrong) == (404, "receipt-unknown")


@pytest.mark.parametrize(
    "asked", [None, [], {}, {"code": "x"}, {"code": 1, "pin": "x"}, {"code": "x", "pin": "x" * 65}]
)
def test_a_senseless_question_is_a_coded_problem(client, asked):
    assert problem(client.post("/v1/status", json=asked)) == (422, "bad-question")

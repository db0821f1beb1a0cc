"""What central decides reaches the station, and nobody else's word does."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from sync import events
from sync.central import setup
from sync.central.cli import main
from sync.central.folder import CentralFolder
from sync.durable import open_db
from sync.envelope import BadDocument, BadSignature, canonical, sign_document
from sync.envelope import Context as Purpose
from sync.event import Event, Fault, Kind, Reason, open_event, read_event, sign_event
from sync.faults import LineFault, Unreachable
from sync.keys import load_keys
from sync.outbox import State
from sync.postman import PostmanSettings, drain_once
from sync.sealing import read_identity, seal, unseal
from tests.sync.samples import a_key
from tests.sync.test_line import answering
from tests.sync.world import a_station, central_process

WHEN = "2026-11-20T05:00:00.000+00:00"
BLURRED = Reason("birth-certificate", Fault.BLURRED)


def central_says(central, *arguments):
    return CliRunner().invoke(main, [*(str(each) for each in arguments), "--data", str(central.data)])


def newest(station, manifest):
    with station.database() as db:
        return events.newest(db, manifest.uuid)


def test_a_decision_is_shown_at_the_station_after_its_next_round(station, central):
    accepted, returned, undecided = station.seals(), station.seals(), station.seals()
    station.drains(central.url)
    assert central_says(central, "accept", accepted.receipt_code).output.endswith("is accepted.\n")
    what = ("--part", "part-0", "--reason", "blurred", "--part", "phone", "--reason", "wrong")
    assert central_says(central, "return", returned.uuid, *what).exit_code == 0

    assert station.hears(central.url) >= 2
    assert newest(station, accepted).kind is Kind.ACCEPTED
    told = newest(station, returned)
    assert told.kind is Kind.RETURNED
    assert told.reasons == (Reason("part-0", Fault.BLURRED), Reason("phone", Fault.WRONG))
    assert newest(station, undecided) is None
    assert station.hears(central.url) == 0, "nothing is told twice"


def test_a_station_hears_only_of_its_own(station, tmp_path, home, central):
    other = a_station(tmp_path / "other", home, "9001")
    theirs = other.seals()
    other.drains(central.url)
    central_says(central, "accept", theirs.uuid)
    station.hears(central.url)
    assert newest(station, theirs) is None
    assert other.hears(central.url) == 1


def test_what_is_decided_stays_decided(station, central):
    manifest, announced = station.seals(), station.seals()
    station.drains(central.url)
    name = manifest.receipt_code
    for _ in range(2):
        assert central_says(central, "accept", name).exit_code == 0
    assert "is accepted already" in central_says(central, "withdraw", name).output
    part = ("--part", "phone", "--reason", "wrong")
    assert "is accepted already" in central_says(central, "return", name, *part).output
    assert station.hears(central.url) == 1, "the repeated decision is one event"
    for wrong, words in (
        ((), "say what must be mended"),
        (("--part", "phone"), "one --reason for each --part"),
        (("--part", "head", "--reason", "wrong"), "it has: agency, bhxh-number, full-name, part-0, part-1"),
    ):
        refused = central_says(central, "return", announced.receipt_code, *wrong)
        assert refused.exit_code > 0
        assert words in refused.output


def test_a_withdrawn_declaration_is_not_taken_in_any_more(station, central):
    received, announced = station.seals(), station.seals()
    station.parcels.part_path(announced.parts[1].sha256).unlink()
    assert station.drains(central.url).delivered == 1
    for manifest in (received, announced):
        assert central_says(central, "withdraw", manifest.uuid).exit_code == 0
    assert station.hears(central.url) == 2
    assert newest(station, announced).kind is Kind.WITHDRAWN

    for manifest in (received, announced):
        station.alters(manifest, state="waiting", acknowledgement=None)
    station.clock.goes(minutes=10)
    done = station.drains(central.url)
    assert (done.delivered, done.quarantined) == (1, 0), "what was acknowledged stays so"
    assert station.entry(announced).state is State.WITHDRAWN


def test_the_postman_fetches_the_news_and_tells_how_the_station_is(station, central):
    manifest = station.seals()
    station.drains(central.url)
    central_says(central, "accept", manifest.uuid)
    settings = PostmanSettings(station.folder, central.url, 5.0, 5.0)
    drain_once(settings, lambda: datetime.now(UTC))
    assert newest(station, manifest).kind is Kind.ACCEPTED
    known = json.loads(central_says(central, "stations", "list", "--json").output)
    [beat] = [each["heartbeat"] for each in known if each["id"] == station.id]
    assert (beat["waiting"], beat["quarantined"], beat["oldest_seconds"]) == (0, 0, None)
    assert abs(beat["clock_ahead_seconds"]) <= 60


def test_news_fit_into_pages(station, central):
    sealed = [station.seals() for _ in range(3)]
    station.drains(central.url)
    row = {"station": station.id, "kind": "accepted"}
    key = setup.load(central.data).signing
    with open_db(central.folder.database) as db:
        first = max([0, *(event["seq"] for event in db.table("events").rows)]) + 1
        for seq in range(first, first + 250):
            uuid = sealed[seq % 3].uuid
            event = Event(seq=seq, kind=Kind.ACCEPTED, at=WHEN, station=station.id, declaration=uuid)
            db.table("events").insert(
                {**row, "seq": seq, "declaration": uuid, "document": sign_event(event, key)}
            )
    assert station.hears(central.url) == 250
    with station.database() as db:
        assert events.cursor(db) == first + 249


def test_after_central_was_set_back_all_is_told_again(tmp_path):
    station = a_station(tmp_path / "station", tmp_path / "central")
    sealed = [station.seals() for _ in range(2)]
    with central_process(tmp_path / "central") as central:
        station.drains(central.url)
        for manifest in sealed:
            central_says(central, "accept", manifest.uuid)
        assert station.hears(central.url) == 2
        with open_db(central.folder.database) as db:
            db.table("events").delete(2)
        assert station.hears(central.url) == 1
        assert station.hears(central.url) == 1, "until central has caught up"


def test_rotated_keys_reach_every_station_and_old_declarations_still_open(tmp_path):
    station = a_station(tmp_path / "station", tmp_path / "central")
    folder = CentralFolder(tmp_path / "central")
    before = station.keys.key_set
    with central_process(tmp_path / "central") as central:
        old = station.seals(b"before")
        assert "Key set 2 counts" in central_says(central, "rotate").output
        assert "Key set 3 counts" in central_says(central, "rotate").output
        station.drains(central.url)
        assert station.hears(central.url) == 2
        held = load_keys(station.folder / "keys").key_set
        assert (held.version, held.escrow) == (3, before.escrow)
        assert len({before.current, before.next, held.current, held.next}) == 4
        assert held == setup.load(central.data).key_set
    to = tmp_path / "opened"
    key = str(folder.retired_sealing_key(1))
    assert central_says(central, "open", old.uuid, "--key", key, "--to", to).exit_code == 0
    sealed = seal(b"after", held.recipients)
    for path in (folder.sealing_key, folder.next_sealing_key):
        assert unseal(sealed, read_identity(path).secret) == b"after"


def test_a_station_never_goes_back_to_older_keys(station, central):
    now = load_keys(station.folder / "keys")
    central_says(central, "rotate")
    station.hears(central.url)
    newer = load_keys(station.folder / "keys").key_set.version
    assert newer > now.key_set.version
    with station.database() as db:
        db.execute("DELETE FROM events")
        db.conn.commit()
    assert station.hears(central.url) >= 1, "told again from the start, with nothing lost"
    assert load_keys(station.folder / "keys").key_set.version == newer


def an_event(**changes):
    values = {"seq": 1, "kind": Kind.RETURNED, "at": WHEN, "station": "0042", "reasons": (BLURRED,)}
    return Event(**values | {"declaration": "01a201bd-a563-72cc-805f-7474b6459503"} | changes)


def test_an_event_is_read_as_it_was_written():
    key = a_key()
    document = sign_event(an_event(), key)
    assert open_event(document, key.public_key()) == read_event(document) == an_event()
    with pytest.raises(BadSignature):
        open_event(document, a_key().public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0},
        {"seq": True},
        {"kind": "burnt"},
        {"kind": "accepted"},
        {"kind": "keys"},
        {"at": "now"},
        {"station": "42"},
        {"declaration": None},
        {"reasons": []},
        {"reasons": [{"part": "Phone", "reason": "wrong"}]},
        {"reasons": [{"part": "phone", "reason": "ugly"}]},
        {"reasons": [{"part": "phone"}]},
        {"reasons": [1]},
        {"reasons": 1},
        {"key_set": "x"},
        {"more": 1},
    ],
    ids=str,
)
def test_anything_else_is_no_event(change):
    key = a_key()
    payload = json.loads(sign_event(an_event(), key))["payload"] | change
    with pytest.raises(BadDocument):
        open_event(sign_document(payload, key, Purpose.EVENT), key.public_key())


def test_news_that_somebody_else_tells_count_for_nothing(station):
    body = canonical({"events": [], "more": False, "latest": 0})
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    with answering(head % len(body) + body) as url, pytest.raises(Unreachable) as caught:
        station.hears(url)
    assert caught.value.fault is LineFault.CAPTIVE_PORTAL

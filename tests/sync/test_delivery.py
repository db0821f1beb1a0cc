"""The postman against the real central, over real HTTP."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sync import outbox
from sync.durable import open_db
from sync.envelope import key_id, public_text
from sync.faults import LineFault
from sync.manifest import sign_manifest
from sync.outbox import State
from sync.sealing import read_identity, unseal
from tests.sync.chaos import chaos
from tests.sync.samples import a_key
from tests.sync.test_line import answering
from tests.sync.world import Signing, a_station, bytes_of, central_process


def test_a_declaration_arrives_whole_and_leaves_only_its_receipt(station, central):
    photo = bytes_of(300_000)
    manifest = station.seals(b"answers", photo)
    done = station.drains(central.url)
    assert (done.delivered, done.quarantined, done.trouble) == (1, 0, None)

    [stored] = central.holds(station)
    assert stored.opened() == manifest
    secret = read_identity(central.folder.sealing_key).secret
    sealed = (central.folder.blobs / manifest.parts[1].sha256).read_bytes()
    assert unseal(sealed, secret) == photo

    entry = station.entry(manifest)
    assert (entry.state, entry.delivered_at) == (State.DELIVERED, stored.received_at)
    assert entry.acknowledgement == stored.acknowledgement
    assert list(station.parcels.parts()) == []
    assert [path.stem for path in station.parcels.manifests()] == [manifest.uuid]


def test_a_lost_answer_is_asked_for_again_and_stored_once(station, central):
    manifest = station.seals()
    station.drains(central.url)
    first = station.entry(manifest).acknowledgement
    station.alters(manifest, state="waiting", acknowledgement=None)  # as if the answer had been lost
    station.clock.goes(minutes=10)
    assert station.drains(central.url).delivered == 1
    assert station.entry(manifest).acknowledgement == first
    assert len(central.holds(station)) == 1


def test_with_one_at_a_time_the_queue_arrives_in_order(station, central):
    station.lanes = 1
    for _ in range(5):
        station.seals()
    assert station.drains(central.url).delivered == 5
    numbers = [stored.number for stored in central.holds(station)]
    assert numbers == list(range(numbers[0], numbers[0] + 5))


@pytest.mark.parametrize("year", [1970, 2016, 2036])
def test_a_station_with_a_wrong_clock_delivers_and_learns_the_time(station, central, year):
    station.clock.at = datetime(year, 1, 2, tzinfo=UTC)
    sealed = [station.seals() for _ in range(2)]
    assert station.drains(central.url).delivered == 2
    for manifest in sealed:
        assert station.entry(manifest).delivered_at > "2026", "the official time is central's"


def test_a_long_queue_asks_once_for_fifty(station, central):
    sealed = [station.seals(b"x") for _ in range(53)]
    with chaos(central.port, seed=1, share=0.0) as line:
        assert station.drains(line.url).delivered == 53
    clock, each_twice = 2, 2 * 53
    assert line.requests == clock + each_twice + 2, "a part and a commit each; two batches"
    assert [stored.uuid for stored in central.holds(station)] == [each.uuid for each in sealed]


def test_a_silent_line_is_given_up_soon(station):
    sealed = [station.seals() for _ in range(5)]
    with answering(b"", hold=True) as url:
        assert station.drains(url, 0.2).trouble.fault is LineFault.TIMEOUT
    tried = [(station.entry(each).trouble, station.entry(each).attempts) for each in sealed]
    assert tried[:2] == [("timeout", 1)] * 2
    assert tried[3:] == [(None, 0)] * 2, "a third may have been on its way"


@pytest.mark.parametrize("lanes", [1, 2])
def test_one_that_never_arrives_does_not_hold_up_the_others(station, central, lanes):
    station.lanes = lanes
    choking, *others = [station.seals() for _ in range(6)]
    with chaos(central.port, seed=1, share=0.0) as line:
        line.chokes_on = choking.parts[0].sha256.encode()
        done = station.drains(line.url)
        assert (done.delivered, done.quarantined, done.trouble) == (5, 0, None)
        assert all(station.entry(each).state is State.DELIVERED for each in others)
        assert (station.entry(choking).state, station.entry(choking).trouble) == (State.WAITING, "cut")
        line.chokes_on = b""
        station.clock.goes(minutes=1)
        assert station.drains(line.url).delivered == 1


def test_other_bytes_under_the_same_id_are_put_aside_and_the_next_goes_on(station, central):
    taken = station.seals()
    station.drains(central.url)
    other = sign_manifest(replace(taken, agency="07999"), station.keys.device)
    station.alters(taken, state="waiting", manifest=other)
    station.clock.goes(minutes=10)
    following = station.seals()
    done = station.drains(central.url)
    assert (done.delivered, done.quarantined) == (1, 1)
    assert (station.entry(taken).state, station.entry(taken).trouble) == (State.QUARANTINED, "other-bytes")
    assert station.entry(following).state is State.DELIVERED
    assert {stored.opened() for stored in central.holds(station)} == {taken, following}


def test_a_damaged_part_is_put_aside_and_the_next_goes_on(station, central):
    damaged, missing, good = station.seals(), station.seals(), station.seals()
    station.parcels.part_path(damaged.parts[0].sha256).write_bytes(b"x" * damaged.parts[0].size)
    station.parcels.part_path(missing.parts[1].sha256).unlink()
    done = station.drains(central.url)
    assert (done.delivered, done.quarantined) == (1, 2)
    assert station.entry(damaged).trouble == "part-damaged"
    assert station.entry(missing).trouble_detail == "part-1.bin: missing"
    assert station.entry(good).state is State.DELIVERED
    assert station.parcels.part_path(damaged.parts[1].sha256).exists(), "nothing of it is removed"


def test_an_upload_goes_on_at_the_byte_where_it_was_cut(station, central):
    manifest = station.seals(bytes_of(200_000))
    part = manifest.parts[0]
    content = station.parcels.read_part(part)
    with httpx.Client(base_url=central.url, trust_env=False, auth=Signing(station)) as client:
        json = {"Content-Type": "application/json"}
        document = station.entry(manifest).manifest
        client.put(f"/v1/declarations/{manifest.uuid}", content=document, headers=json)
        tus = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
        half = {**tus, "Upload-Offset": "0"}
        client.patch(f"/v1/blobs/{part.sha256}", content=content[:70_001], headers=half)
        again = client.put(f"/v1/declarations/{manifest.uuid}", content=document, headers=json)
        assert again.json() == {"missing": [{"sha256": part.sha256, "offset": 70_001}]}
    assert station.drains(central.url).delivered == 1


def test_a_declaration_signed_by_another_key_than_the_stations_is_put_aside(station, central):
    manifest = station.seals()
    station.alters(manifest, manifest=sign_manifest(manifest, a_key()))
    assert station.drains(central.url).quarantined == 1
    assert station.entry(manifest).trouble == "manifest-signature"


def test_a_declaration_of_an_unknown_station_waits_for_better_days(station, central):
    with open_db(central.folder.database) as db:
        db.table("stations").delete(station.id)
    waiting = station.seals()
    assert station.drains(central.url).trouble.fault is LineFault.NOT_ENROLLED
    assert (station.entry(waiting).state, station.entry(waiting).attempts) == (State.WAITING, 0)


def test_a_revoked_station_keeps_what_it_has(station, central):
    with open_db(central.folder.database) as db:
        db.table("stations").update(station.id, {"is_revoked": 1})
    manifest = station.seals()
    assert station.drains(central.url).trouble.fault is LineFault.REVOKED
    assert station.entry(manifest).state is State.WAITING


def test_another_centrals_acknowledgement_frees_nothing(station, tmp_path):
    impostor = a_station(tmp_path / "impostor" / "station", tmp_path / "impostor" / "central", station.id)
    with open_db(tmp_path / "impostor" / "central" / "central.db") as db:  # it even knows our station
        ours = station.keys.device.public_key()
        row = {"public_key": public_text(ours), "key_id": key_id(ours)}
        db.table("stations").update(station.id, row)
    assert impostor.keys.central != station.keys.central
    manifest = station.seals()
    with central_process(tmp_path / "impostor" / "central") as wrong:
        done = station.drains(wrong.url)
    assert done.trouble.fault is LineFault.BAD_SIGNATURE
    assert station.entry(manifest).state is State.WAITING
    assert len(list(station.parcels.parts())) == 2


@pytest.mark.fault
def test_central_killed_between_storing_and_answering_gives_the_same_word(tmp_path):
    data = tmp_path / "central"
    station = a_station(tmp_path / "station", data)
    manifest = station.seals()
    with central_process(data, "tests.central.dying", str(data), "{port}") as central:
        done = station.drains(central.url)
        assert done.trouble.fault is LineFault.CUT
        assert central.process.wait(5) == -signal.SIGKILL
        [stored] = central.holds(station)
        assert stored.acknowledgement is not None
        assert station.entry(manifest).state is State.WAITING

        central.start()
        station.clock.goes(minutes=1)
        assert station.drains(central.url).delivered == 1
    assert station.entry(manifest).acknowledgement == stored.acknowledgement
    assert len(central.holds(station)) == 1


@pytest.mark.fault
def test_a_postman_killed_after_the_claim_loses_nothing(station, central):
    manifest = station.seals()
    with station.database() as db:  # a postman claims it and is killed
        outbox.claim_next(db, at=station.clock(), until=station.clock() + timedelta(minutes=10))
    assert station.drains(central.url).delivered == 0
    station.clock.goes(minutes=10)
    assert station.drains(central.url).delivered == 1
    assert station.entry(manifest).attempts == 2


def test_a_crash_between_settling_and_removing_is_tidied_up(station, central):
    manifest = station.seals()
    left = {part.sha256: station.parcels.read_part(part) for part in manifest.parts}
    station.drains(central.url)
    for digest, content in left.items():
        station.parcels.part_path(digest).write_bytes(content)
    station.alters(manifest, is_cleared=0)
    station.seals()
    station.drains(central.url)
    assert list(station.parcels.parts()) == []

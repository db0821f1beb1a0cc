import sqlite3
import threading
from contextlib import suppress
from datetime import timedelta

import pytest

from sync import outbox
from sync.durable import open_db, writing
from sync.manifest import digest_of
from sync.outbox import Kind, State
from sync.outbox_tables import migrations
from sync.times import stamp
from tests.sync.samples import NOON

LEASE = timedelta(minutes=10)


@pytest.fixture
def db(tmp_path):
    with open_db(tmp_path / "station.db") as db:
        outbox.prepare(db)
        yield db


def put(db, *seqs):
    with writing(db):
        for seq in seqs:
            outbox.enqueue(db, uuid=f"d{seq}", seq=seq, manifest=b"m%d" % seq, at=NOON)


def claim(db, at=NOON):
    entry = outbox.claim_next(db, at=at, until=at + LEASE)
    return entry.uuid if entry else None


def test_the_oldest_goes_first_whatever_the_order_of_arrival(db):
    put(db, 3, 1, 2)
    assert [claim(db), claim(db), claim(db), claim(db)] == ["d1", "d2", "d3", None]


def test_a_queued_declaration_carries_its_manifest_and_digest(db):
    put(db, 1)
    entry = outbox.entry(db, "d1")
    assert entry.manifest == b"m1"
    assert entry.manifest_sha256 == digest_of(b"m1")
    assert (entry.state, entry.is_claimed, entry.attempts) == (State.WAITING, False, 0)
    assert outbox.entry(db, "d2") is None


def test_a_declaration_is_queued_with_the_callers_transaction_or_not_at_all(db):
    with suppress(RuntimeError), writing(db):
        outbox.enqueue(db, uuid="d1", seq=1, manifest=b"m1", at=NOON)
        raise RuntimeError
    assert outbox.counts(db).waiting == 0


@pytest.mark.parametrize("again", [("d1", 2), ("d2", 1)], ids=["same uuid", "same number"])
def test_queueing_twice_is_a_bug_that_is_not_hidden(db, again):
    put(db, 1)
    with pytest.raises(sqlite3.IntegrityError), writing(db):
        outbox.enqueue(db, uuid=again[0], seq=again[1], manifest=b"m", at=NOON)


def test_a_claim_is_a_lease(db):
    put(db, 1)
    assert claim(db) == "d1"
    assert outbox.entry(db, "d1").is_claimed
    assert claim(db, NOON + LEASE - timedelta(seconds=1)) is None
    assert claim(db, NOON + LEASE) == "d1"
    assert outbox.entry(db, "d1").attempts == 2


def test_two_workers_never_take_the_same_one(tmp_path, db):
    put(db, *range(1, 41))
    taken = []

    def work():
        with open_db(tmp_path / "station.db") as own:
            while uuid := claim(own):
                taken.append(uuid)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(f"d{seq}" for seq in range(1, 41))


def test_what_belongs_to_a_declaration_follows_it(db):
    put(db, 2, 1)
    with writing(db):
        outbox.enqueue(db, uuid="w1", seq=1, manifest=b"w", at=NOON, kind=Kind.WITHDRAWAL)
    assert [claim(db), claim(db), claim(db)] == ["d1", "w1", "d2"]
    assert [entry.uuid for entry in outbox.entries(db, limit=2)] == ["d2", "w1"]
    assert outbox.entry(db, "w1").kind is Kind.WITHDRAWAL
    assert outbox.kept_manifests(db) == [b"m1", b"m2"], "a withdrawal keeps no parts"
    with pytest.raises(sqlite3.IntegrityError), writing(db):
        outbox.enqueue(db, uuid="w2", seq=1, manifest=b"w", at=NOON, kind=Kind.WITHDRAWAL)


def test_a_queue_of_an_older_version_is_taken_over(tmp_path):
    with open_db(tmp_path / "station.db") as old:
        with writing(old):
            migrations.apply(old, stop_before="m0002_kinds")
            row = {"seq": 7, "uuid": "d7", "manifest": b"m7", "manifest_sha256": digest_of(b"m7")}
            row |= {"state": "waiting", "due_at": stamp(NOON), "enqueued_at": stamp(NOON)}
            old.table("outbox").insert(row | {"is_claimed": 0, "attempts": 3, "is_cleared": 0})
        outbox.prepare(old)
        assert claim(old) == "d7"
        entry = outbox.entry(old, "d7")
        assert (entry.seq, entry.kind, entry.attempts) == (7, Kind.DECLARATION, 4)


def test_a_postponed_one_lets_the_next_pass_and_comes_back(db):
    put(db, 1, 2)
    claim(db)
    outbox.postpone(
        db, "d1", until=NOON + timedelta(minutes=1), trouble="timeout", detail="no answer in 20 s"
    )
    assert claim(db) == "d2"
    assert claim(db, NOON + timedelta(minutes=1)) == "d1"
    assert outbox.entry(db, "d1").trouble == "timeout"


def test_a_dead_line_does_not_age_what_waits(db):
    put(db, 1)
    claim(db)
    outbox.give_back(db, "d1", at=NOON, trouble="no-network", detail="unreachable")
    entry = outbox.entry(db, "d1")
    assert (entry.attempts, entry.is_claimed, entry.trouble) == (0, False, "no-network")
    assert claim(db) == "d1"


def test_a_quarantined_one_stays_with_its_reason_and_blocks_nobody(db):
    put(db, 1, 2)
    claim(db)
    outbox.quarantine(db, "d1", trouble="other-bytes", detail="409")
    assert claim(db) == "d2"
    assert outbox.entries(db, limit=9, state=State.QUARANTINED)[0].trouble == "other-bytes"
    assert claim(db, NOON + timedelta(days=99)) == "d2"


def test_a_settled_one_keeps_centrals_word_and_cannot_be_undone_by_a_late_worker(db):
    put(db, 1)
    claim(db)
    outbox.postpone(db, "d1", until=NOON, trouble="timeout", detail="")
    claim(db)
    outbox.settle(db, "d1", received_at="2026-11-20T05:00:01.000+00:00", acknowledgement=b"ack")
    outbox.postpone(db, "d1", until=NOON, trouble="timeout", detail="")
    outbox.quarantine(db, "d1", trouble="refused", detail="")
    entry = outbox.entry(db, "d1")
    assert (entry.state, entry.acknowledgement, entry.trouble) == (State.DELIVERED, b"ack", None)
    assert claim(db, NOON + timedelta(days=1)) is None


def test_delivered_ones_are_cleared_once(db):
    put(db, 1, 2)
    claim(db)
    outbox.settle(db, "d1", received_at="2026-11-20T05:00:01.000+00:00", acknowledgement=b"ack")
    assert [entry.uuid for entry in outbox.uncleared(db)] == ["d1"]
    outbox.mark_cleared(db, "d1")
    assert outbox.uncleared(db) == []


def test_after_a_start_everything_that_waits_is_due(db):
    put(db, 1, 2)
    claim(db)
    outbox.postpone(db, "d1", until=NOON + timedelta(days=3650), trouble="timeout", detail="")
    claim(db)
    outbox.make_all_due(db, NOON - timedelta(days=1))
    assert claim(db, NOON - timedelta(days=1)) == "d1"
    assert claim(db, NOON - timedelta(days=1)) == "d2"


def test_the_queue_is_counted_and_listed(db):
    assert outbox.counts(db) == outbox.Counts(0, 0, 0)
    assert outbox.oldest_waiting_age(db, NOON) is None
    put(db, 1, 2, 3)
    claim(db)
    outbox.quarantine(db, "d1", trouble="x", detail="")
    assert outbox.counts(db) == outbox.Counts(waiting=2, delivered=0, quarantined=1)
    assert [entry.uuid for entry in outbox.entries(db, limit=2)] == ["d3", "d2"]
    assert outbox.oldest_waiting_age(db, NOON + timedelta(hours=2)) == timedelta(hours=2)


def test_serve_and_sync_may_start_at_the_same_moment(tmp_path):
    troubles = []

    def start():
        try:
            with open_db(tmp_path / "station.db") as own:
                outbox.prepare(own)
        except sqlite3.Error as why:
            troubles.append(why)

    starts = [threading.Thread(target=start) for _ in range(6)]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    assert troubles == []

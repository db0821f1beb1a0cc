"""The postman as a real process."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from sync import link, outbox
from sync.gate import DatabaseInUse, alone_with_database, using
from sync.outbox import State
from sync.postman import PostmanBusy, PostmanSettings, drain_once, run_postman
from sync.wake import ring
from tests.conftest import ROOT
from tests.processes import free_port
from tests.sync.chaos import chaos
from tests.sync.test_line import answering

pytestmark = pytest.mark.fault  # he is started, stalled and killed
NEVER = 3600.0


def until(condition, seconds=40.0):
    """Wait until something is so; the test fails where it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def postman(station, url, every=NEVER, **process_options):
    command = [sys.executable, "-m", "tests.sync.run_postman", str(station.folder), url, str(every)]
    process = subprocess.Popen(command, cwd=ROOT, **process_options)
    try:
        until((station.folder / "postman.sock").exists)
        yield process
    finally:
        process.kill()
        process.wait()


def is_delivered(station, manifest):
    return station.entry(manifest).state is State.DELIVERED


@pytest.fixture
def settings(station):
    return PostmanSettings(station.folder, f"http://127.0.0.1:{free_port()}", 5.0, 2.0)


def test_what_waits_at_the_start_goes_out_and_the_bell_wakes_at_once(station, central):
    first = station.seals()
    with postman(station, central.url):
        until(lambda: is_delivered(station, first))
        second = station.seals()
        ring(station.folder)
        until(lambda: is_delivered(station, second))


def test_he_lets_go_of_a_database_that_is_mended_and_goes_on_with_the_new_one(station, central):
    path = station.folder / "station.db"
    with postman(station, central.url):
        first = station.seals()
        ring(station.folder)
        until(lambda: is_delivered(station, first))
        with alone_with_database(station.folder, seconds=20):
            path.rename(station.folder / "old.db")
            shutil.copyfile(station.folder / "old.db", path)
        second = station.seals()
        ring(station.folder)
        until(lambda: is_delivered(station, second))


def test_nobody_mends_a_database_that_is_held_on_to(station):
    with using(station.folder), pytest.raises(DatabaseInUse), alone_with_database(station.folder, 0.1):
        pass


def test_the_timer_is_the_backstop(station, central):
    with postman(station, central.url, every=0.2):
        manifest = station.seals()
        until(lambda: is_delivered(station, manifest))


def test_a_central_that_comes_up_gets_what_waited_within_one_interval(station, central):
    manifest = station.seals()
    central.stop()
    try:
        with postman(station, central.url, every=0.2):
            until(lambda: station.entry(manifest).trouble == "no-answer")
            central.start()
            until(lambda: is_delivered(station, manifest))
    finally:
        if central.process.poll() is not None:
            central.start()
    assert len(central.holds(station)) == 1


def test_one_that_fails_alone_is_not_taken_for_a_dead_line(station, central):
    choking = station.seals()
    with chaos(central.port, seed=1, share=0.0) as line:
        line.chokes_on = choking.parts[0].sha256.encode()
        with postman(station, line.url):
            until(lambda: station.entry(choking).trouble == "cut")
            with station.database() as db:
                until(lambda: link.seen(db) is not None)
                assert link.seen(db).trouble is None
            following = station.seals()
            ring(station.folder)
            until(lambda: is_delivered(station, following))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_postman_stops_in_the_middle_of_a_stalled_line(station, number):
    manifest = station.seals()
    with answering(b"", hold=True) as url, postman(station, url) as process:
        until(lambda: station.entry(manifest).is_claimed)
        process.send_signal(number)
        assert process.wait(4) == 0, "although the line would have been waited for for a minute"
    assert not (station.folder / "postman.sock").exists()
    assert station.entry(manifest).state is State.WAITING


def test_a_killed_postmans_claims_do_not_wait_for_their_lease(station, central):
    manifest = station.seals()
    with answering(b"", hold=True) as url, postman(station, url) as process:
        until(lambda: station.entry(manifest).is_claimed)
        process.kill()
        process.wait()
    (station.folder / "postman.sock").unlink()  # so that we see the new one
    with postman(station, central.url):
        until(lambda: is_delivered(station, manifest))


def test_one_round_delivers_and_returns(station, central):
    manifest = station.seals()
    settings = PostmanSettings(station.folder, central.url, 5.0, 5.0)
    assert drain_once(settings, lambda: datetime.now(UTC)).delivered == 1
    assert is_delivered(station, manifest)


def test_one_round_says_what_is_wrong_with_the_line(station, settings):
    station.seals()
    done = drain_once(settings, lambda: datetime.now(UTC))
    assert (done.delivered, str(done.trouble)) == (0, "no-answer: nobody listens at central's address")


def test_one_round_leaves_the_claims_of_a_running_postman_alone(station, central):
    manifest = station.seals()
    with answering(b"", hold=True) as url, postman(station, url):
        until(lambda: station.entry(manifest).is_claimed)
        settings = PostmanSettings(station.folder, central.url, 5.0, 5.0)
        assert drain_once(settings, lambda: datetime.now(UTC)).delivered == 0


def test_a_second_postman_is_refused(station, settings):
    with postman(station, settings.central_url), pytest.raises(PostmanBusy):
        run_postman(settings, lambda: datetime.now(UTC))


def test_after_a_start_no_time_in_the_queue_counts(station, settings):
    manifest = station.seals()
    with station.database() as db:  # the clock was ten years ahead when it was postponed
        outbox.claim_next(db, at=station.clock(), until=station.clock() + timedelta(minutes=10))
        later = station.clock() + timedelta(days=3650)
        outbox.postpone(db, manifest.uuid, until=later, trouble="timeout", detail="")
    drain_once(settings, station.clock)
    assert station.entry(manifest).trouble == "no-answer"

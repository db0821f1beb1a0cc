"""A relay between a station and central: real processes, and what a lying one can do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import pytest
from click.testing import CliRunner

from sync import events, outbox
from sync.acknowledgement import Acknowledgement, sign_acknowledgement
from sync.backoff import Breaker
from sync.central import invitations
from sync.central.cli import main
from sync.central.setup import load
from sync.durable import open_db
from sync.handover import Handover
from sync.keys import load_keys
from sync.line import open_line
from sync.manifest import digest_of, read_manifest, sign_manifest
from sync.outbox import State
from sync.postman import PostmanSettings, drain_once
from sync.relay.intake import Intake, NotTaken, PartsWanted
from sync.transport import HttpTransport
from sync.wire import JSON, PROBLEM
from sync.worker import Postman
from tests.conftest import ROOT
from tests.processes import free_port
from tests.sync.samples import a_key
from tests.sync.test_line import answering
from tests.sync.test_postman import until
from tests.sync.world import central_process

pytestmark = pytest.mark.fault


@contextmanager
def relay(folder, central_url, *options):
    port = free_port()
    command = [sys.executable, "-m", "sync.central", "serve", "--relay", central_url]
    command += ["--data", str(folder), "--port", str(port), *options]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        until(lambda: process.poll() is not None or _answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _answers(port):
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code == 404
    except httpx.TransportError:
        return False


def settings(station, relay_url, central_url=None):
    dead = central_url or f"http://127.0.0.1:{free_port()}"
    return PostmanSettings(station.folder, dead, 5.0, 5.0, relay_url=relay_url, station_id=station.id)


def drains(station, relay_url):
    drain_once(settings(station, relay_url), lambda: datetime.now(UTC))


def invited(home):
    with open_db(home / "central.db") as db:
        made = invitations.invite(
            db, load(home).public_key, None, at=datetime.now(UTC), lasts=timedelta(hours=1)
        )
    return made.shown()


def test_only_centrals_word_frees_a_station_that_a_relay_serves(station, home, tmp_path):
    pledged = [station.seals() for _ in range(3)]
    with central_process(home) as central:
        port = central.port
        code, folder = invited(home), tmp_path / "relay"
        with relay(folder, central.url, "--code", code, "--station", "R001"):
            pass
        central.stop()
        with relay(folder, f"http://127.0.0.1:{port}") as door:
            drains(station, door)
            with open_db(folder / "station.db") as db:
                assert outbox.counts(db).waiting == 3
            assert {station.entry(each).state for each in pledged} == {State.WAITING}
            assert all(path.exists() for each in pledged for path in parts(station, each))
            central.start()

            def is_freed():
                drains(station, door)
                return {station.entry(each).state for each in pledged} == {State.DELIVERED}

            until(is_freed)
            withdrawn = station.withdraws(pledged[0])
            until(lambda: drains(station, door) or notice_state(station, withdrawn) is State.DELIVERED)
            says(home, "return", pledged[1].uuid, "--part", "phone", "--reason", "wrong")
            says(home, "rotate")
            rotated, odd = load(home).key_set.version, refused(station)
            until(lambda: drains(station, door) or version(station) == rotated)
            assert decided(station, pledged[1])
            until(lambda: drains(station, door) or station.entry(odd).state is State.QUARANTINED)
            assert station.entry(odd).trouble == "manifest-signature", "central's refusal, by the relay"
        held = central.holds(station)
    assert [each.uuid for each in held] == [each.uuid for each in pledged]
    words = [station.entry(each).acknowledgement for each in pledged]
    assert [each.acknowledgement for each in held] == words
    assert not any(path.exists() for each in pledged for path in parts(station, each))


@contextmanager
def killable(folder, port, central_url):
    command = [sys.executable, "-m", "sync.central", "serve", "--relay", central_url]
    command += ["--data", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        until(lambda: process.poll() is not None or _answers(port))
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def test_a_relay_that_is_killed_in_mid_forward_loses_and_doubles_nothing(station, home, tmp_path):
    pledged = [station.seals(b"a", b"b") for _ in range(52)]
    folder, port = tmp_path / "relay", free_port()
    with central_process(home) as central:
        with relay(folder, central.url, "--code", invited(home), "--station", "R002"):
            pass
        for least in (5, 30):
            with killable(folder, port, central.url):
                until(partial(arrives, central, station, port, least), 90)
        with killable(folder, port, central.url):
            until(lambda: hands_over(station, port) or not waiting(station), 90)
        held = central.holds(station)
    assert [each.uuid for each in held] == [each.uuid for each in pledged]
    assert all(station.entry(each).acknowledgement for each in pledged)


def arrives(central, station, port, least):
    """Hand over; say whether central has heard of so many, whole or not."""
    hands_over(station, port)
    return len(central.holds(station)) >= least


def version(station):
    return load_keys(station.folder / "keys").key_set.version


def hands_over(station, port):
    """Walk through the whole queue once, more than one page of it."""
    line, nobody = open_line(f"http://127.0.0.1:{port}", 5.0), HttpTransport(None, station.parcels, None)
    postman = Postman(station.folder / "station.db", station.parcels, nobody, station.clock, lambda: 1.0, 1)
    with station.database() as db, closing(line):
        handover = Handover(db, line, postman, station.keys.central, Breaker(lambda: 1.0))
        while handover.round():
            pass


def waiting(station):
    with station.database() as db:
        return outbox.counts(db).waiting


def refused(station):
    """Pledge one that central will not take: its manifest bears another signature."""
    manifest = station.seals()
    document = sign_manifest(manifest, a_key())
    station.alters(manifest, manifest=document, manifest_sha256=digest_of(document))
    return manifest


def says(home, *words):
    assert CliRunner().invoke(main, [*words, "--data", str(home)]).exit_code == 0


def decided(station, manifest):
    with station.database() as db:
        return events.newest(db, manifest.uuid)


def parts(station, manifest):
    return [station.parcels.part_path(each.sha256) for each in manifest.parts]


def notice_state(station, notice):
    with station.database() as db:
        return outbox.entry(db, notice.uuid).state


def lie(station, manifest, key):
    entry = station.entry(manifest)
    word = Acknowledgement(manifest.uuid, entry.manifest_sha256, "2026-11-20T05:00:00.000+00:00", 1)
    return sign_acknowledgement(word, key)


def saying(status, kind, body):
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close"
    return answering(head.encode() + b"\r\n\r\n" + body)


REFUSALS = [(409, b'{"code":"other-bytes"}'), (401, b'{"code":"revoked"}'), (410, b'{"code":"withdrawn"}')]


@pytest.mark.parametrize(("status", "body"), REFUSALS)
def test_whatever_a_relay_refuses_waits_as_before(station, status, body):
    manifest = station.seals()
    with saying(status, PROBLEM, body) as door:
        drains(station, door)
    assert_waits(station, manifest)


def test_a_relay_cannot_forge_centrals_word_nor_use_it_for_another(station, home):
    manifest, other = station.seals(), station.seals()
    genuine = lie(station, other, load(home).signing)
    station.alters(other, state="delivered")
    for body in (lie(station, manifest, a_key()), genuine, b"{}", b"<html>"):
        with saying(200, JSON, body) as door:
            drains(station, door)
        assert_waits(station, manifest)


def assert_waits(station, manifest):
    assert station.entry(manifest).state is State.WAITING
    assert all(path.exists() for path in parts(station, manifest))


def test_a_relay_takes_nothing_but_whole_items(tmp_path, station):
    here = Intake(tmp_path / "relay", station.clock)
    here.parcels.prepare()
    with open_db(here.database) as db:
        outbox.prepare(db)
    manifest = station.seals(b"answers")
    [part], document = manifest.parts, station.entry(manifest).manifest
    kind = outbox.Kind.DECLARATION
    with pytest.raises(PartsWanted):
        here.take(kind, manifest.uuid, document)
    with pytest.raises(NotTaken, match="hash-differs"):
        here.keep_part(part.sha256, b"other")
    here.keep_part(part.sha256, station.parcels.read_part(read_manifest(document).parts[0]))
    assert here.take(kind, manifest.uuid, document)[1]
    assert not here.take(kind, manifest.uuid, document)[1]
    another = station.seals(b"other answers")
    for uuid, data in ((manifest.uuid, document + b" "), (another.uuid, document)):
        with pytest.raises(NotTaken):
            here.take(kind, uuid, data)
    with pytest.raises(NotTaken, match="bad-item"):
        here.take(outbox.Kind.SLIP, "x", document)

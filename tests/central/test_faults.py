"""Central as a real process: cut lines and a full disk."""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
import time

import httpx
import pytest

from sync.faults import LineFault
from sync.outbox import State
from sync.signatures import Question
from tests.conftest import ROOT
from tests.sync.world import Signing, a_station, bytes_of, central_process

TUS = {"Tus-Resumable": "1.0.0"}


def offset_of(url, station, part):
    with httpx.Client(auth=Signing(station), headers=TUS, trust_env=False) as client:
        return int(client.head(f"{url}/v1/blobs/{part.sha256}").headers["Upload-Offset"])


def _small_disk():
    """No file may grow past 200 kB: to a process that is what a full disk looks like."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


@pytest.mark.fault
def test_a_cut_upload_keeps_what_came(tmp_path):
    station = a_station(tmp_path / "station", tmp_path / "central")
    manifest = station.seals(bytes_of(300_000))
    part = manifest.parts[0]
    content = station.parcels.read_part(part)
    with central_process(tmp_path / "central") as central:
        document = station.entry(manifest).manifest
        address = f"{central.url}/v1/declarations/{manifest.uuid}"
        json = {"Content-Type": "application/json"}
        httpx.put(address, content=document, headers=json, auth=Signing(station), trust_env=False)
        headers = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        question = Question("PATCH", f"http://central/v1/blobs/{part.sha256}", headers)
        question.headers["Content-Length"] = str(part.size)
        signed = Signing(station).credentials.sign(question, None)
        head = f"PATCH /v1/blobs/{part.sha256} HTTP/1.1\r\nHost: central\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in signed.items()) + "\r\n"
        with socket.create_connection(("127.0.0.1", central.port)) as line:
            line.sendall(head.encode() + content[:200_000])
        deadline = time.monotonic() + 10
        while offset_of(central.url, station, part) < 200_000 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert offset_of(central.url, station, part) == 200_000
        assert station.drains(central.url).delivered == 1


@pytest.mark.fault
def test_a_full_disk_at_central_is_waited_for(tmp_path):
    station = a_station(tmp_path / "station", tmp_path / "central")
    manifest = station.seals(bytes_of(300_000))
    command = [sys.executable, "-m", "sync.central", "serve", "--data", str(tmp_path / "central")]
    with central_process(tmp_path / "central") as central:
        central.stop()
        full = subprocess.Popen(
            [*command, "--port", str(central.port)],
            cwd=ROOT,
            preexec_fn=_small_disk,  # noqa: PLW1509  this process has no other threads
        )
        central.process = full
        central.waits()
        trouble = station.drains(central.url).trouble
        assert (trouble.fault, trouble.detail) == (LineFault.CENTRAL_BUSY, "HTTP 507")
        assert trouble.retry_after_seconds == 30
        assert station.entry(manifest).state is State.WAITING
        central.stop()

        central.start()
        assert offset_of(central.url, station, manifest.parts[0]) == 200_000, "what had room is kept"
        station.clock.goes(minutes=1)
        assert station.drains(central.url).delivered == 1

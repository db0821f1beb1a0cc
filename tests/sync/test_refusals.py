"""The matrix of refusals: what is refused, on which side, and in which words."""

from __future__ import annotations

import json
from contextlib import closing

import httpx
import pytest
from click.testing import CliRunner

from kiosk.domain.troubles import in_words
from sync.central.cli import main
from sync.faults import LineFault, Unreachable
from sync.keys import KeysRefused, accept_key_set
from sync.line import open_line
from sync.outbox import State
from tests.sync.world import Signing, a_station, central_process


@pytest.fixture
def house(tmp_path):
    """A station and a central of their own, because here things are broken for good."""
    station = a_station(tmp_path / "station", tmp_path / "central")
    with central_process(tmp_path / "central") as central:
        yield station, central


def central_says(central, *arguments):
    return CliRunner().invoke(main, [*arguments, "--data", str(central.data)])


def is_told(trouble):
    """The officer reads a sentence of its own for this, not the one for everything unknown."""
    return in_words(trouble) not in {"", in_words("something else")}


def test_a_replayed_request_is_refused_at_central(house):
    station, central = house
    url = f"{central.url}/v1/heartbeats"
    with httpx.Client(auth=Signing(station), trust_env=False) as client:
        first = client.post(url, content=b"{}")
        again = httpx.Request("POST", url, headers=first.request.headers, content=b"{}")
        second = client.send(again, auth=None)
    assert (first.json()["code"], second.json()["code"]) == ("bad-heartbeat", "replayed")
    assert "sign it anew" in second.json()["title"]


def test_another_centrals_word_frees_nothing_at_the_station(house, tmp_path):
    station, _ = house
    manifest = station.seals()
    a_station(tmp_path / "elsewhere", tmp_path / "theirs" / "central", station.id)
    with central_process(tmp_path / "theirs" / "central") as theirs:
        trouble = station.drains(theirs.url).trouble
    assert trouble.fault is LineFault.BAD_SIGNATURE
    assert is_told(trouble.fault)
    assert station.entry(manifest).state is State.WAITING
    assert all(station.parcels.part_path(part.sha256).exists() for part in manifest.parts)


def test_an_older_key_set_is_refused_at_the_station(house):
    station, central = house
    older = (station.folder / "keys" / "keyset.json").read_bytes()
    assert central_says(central, "rotate").exit_code == 0
    station.hears(central.url)
    with pytest.raises(KeysRefused, match="key set 1 offered, 2 held"):
        accept_key_set(station.folder / "keys", older)


def test_a_revoked_station_is_told_and_keeps_what_it_has(house):
    station, central = house
    manifest = station.seals()
    assert central_says(central, "stations", "revoke", station.id).exit_code == 0
    trouble = station.drains(central.url).trouble
    assert trouble.fault is LineFault.REVOKED
    assert "thu hồi" in in_words(trouble.fault)
    with (
        closing(open_line(central.url, 5.0, station.credentials())) as line,
        pytest.raises(Unreachable) as knocked,
    ):
        line.knock()
    assert knocked.value.fault is LineFault.REVOKED, "before anything is sent"
    assert httpx.get(f"{central.url}/v1/time?nonce=anybody1", trust_env=False).status_code == 200
    assert station.entry(manifest).state is State.WAITING


def test_a_changed_part_is_put_aside_at_the_station_and_thrown_away_at_central(house):
    station, central = house
    manifest = station.seals()
    path = station.parcels.part_path(manifest.parts[0].sha256)
    path.write_bytes(b"x" * len(path.read_bytes()))
    assert station.drains(central.url).quarantined == 1
    assert station.entry(manifest).trouble == "part-damaged"
    url = f"{central.url}/v1/blobs/{manifest.parts[0].sha256}"
    headers = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": "0",
    }
    changed = httpx.patch(
        url, content=path.read_bytes(), headers=headers, auth=Signing(station), trust_env=False
    )
    assert changed.json()["code"] == "hash-differs"


def test_a_reordered_chain_is_told_at_central(house):
    station, central = house
    station.seals()
    station.prev = "ab" * 32
    station.seals()
    assert station.drains(central.url).delivered == 2, "nothing is lost for it"
    told = central_says(central, "report", "--json")
    assert told.exit_code == 1
    [flaw] = json.loads(told.output)
    assert (flaw["kind"], flaw["seq"], flaw["station"]) == ("break", 2, station.id)

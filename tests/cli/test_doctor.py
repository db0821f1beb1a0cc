"""kiosk doctor: asks the running station over its socket, and looks for itself when none runs."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kiosk.rehearsal import lay_family_desk
from tests.conftest import ROOT
from tests.processes import House, run_central
from tests.stations import enrol, station_config

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    enrol(tmp_path)
    lay_family_desk(tmp_path / "desk", ROOT / "static" / "fonts", station_config(tmp_path).camera)
    built = House(tmp_path)
    yield built
    built.stop()


def test_a_running_station_answers_for_its_own_devices(house: House) -> None:
    house.start("serve")
    counter = house.data / "station" / "serve.sock"
    assert stat.S_IMODE(counter.stat().st_mode) == 0o600
    told = json.loads(house.kiosk("doctor", "--json", "--language", "en").stdout)
    cameras = [(each["sentence"], each["remedy"]) for each in told if each["part"] == "camera"]
    assert [(re.sub(r"\d+ frames", "20 frames", sentence), remedy) for sentence, remedy in cameras] == [
        (
            "Document camera: 1920 x 1080, 20 frames/s.",
            "To have the focus measured, please clear the printed mat.",
        ),
        ("Portrait camera: 1920 x 1080, 20 frames/s.", ""),
    ]
    refused = httpx.get(f"{house.station_url}/control/health")
    assert refused.status_code == 403, "only over the socket"
    house.stop("serve")
    assert not counter.exists()


def test_central_hears_from_the_postman_how_the_devices_are(house: House) -> None:
    def told() -> list[str]:
        house.kiosk("sync", "--once", "--central", house.central_url)
        listed = run_central("stations", "list", "--json", "--data", str(house.data / "central"))
        [station] = json.loads(listed.stdout)
        beat = station["heartbeat"]
        return [beat["paper"], beat["document_camera"], beat["portrait_camera"]]

    house.start("central")
    assert told() == [None, None, None], "no screen, nothing to ask"
    house.start("serve")
    assert told() == ["ok", "ok", "ok"]


def test_without_one_the_command_looks_itself_and_prints(house: House) -> None:
    done = house.kiosk("doctor", "--print")
    assert "Máy in sẵn sàng." in done.stdout
    assert re.search(r"Máy ảnh chân dung: 1920 x 1080, \d+ hình/giây\.", done.stdout)
    [slip] = (house.data / "slips").glob("doctor-*.png")
    assert slip.stat().st_size > 5000

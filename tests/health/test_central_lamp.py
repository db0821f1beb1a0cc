"""Central's lamp: each way of not reaching it has words of its own; real sockets, a real central."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.troubles import in_words
from kiosk.health.central import examine_central
from kiosk.health.finding import Finding, Health
from sync.durable import open_db
from sync.faults import LineFault
from tests.stations import station_config
from tests.sync.test_line import answering, certificate
from tests.sync.world import AStation, a_station, central_process

Line = Callable[[AStation, Path], AbstractContextManager[str]]


@contextmanager
def without_a_name(station: AStation, folder: Path) -> Iterator[str]:
    yield "http://nobody.invalid"


@contextmanager
def with_a_strangers_certificate(station: AStation, folder: Path) -> Iterator[str]:
    today = datetime.now(UTC)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder, "127.0.0.1", today, today + timedelta(days=1)))
    with answering(b"", lambda peer: context.wrap_socket(peer, server_side=True)) as url:
        yield url.replace("http:", "https:")


@contextmanager
def revoked(station: AStation, folder: Path) -> Iterator[str]:
    with open_db(folder / "central" / "central.db") as db:
        db.table("stations").update(station.id, {"is_revoked": 1})
    with central_process(folder / "central") as central:
        yield central.url


@pytest.mark.parametrize(
    ("line", "fault", "word"),
    [
        (without_a_name, LineFault.DNS, "không thấy máy chủ"),
        (with_a_strangers_certificate, LineFault.TLS, "không an toàn"),
        (revoked, LineFault.REVOKED, "thu hồi"),
    ],
)
def test_each_way_of_not_reaching_central_has_words_of_its_own(
    tmp_path: Path, line: Line, fault: LineFault, word: str
) -> None:
    station = a_station(tmp_path / "station", tmp_path / "central")
    with line(station, tmp_path) as url:
        told = lamp(station, url)
    assert (told.health, told.sentence) == (Health.WATCH, in_words(fault))
    assert word in told.sentence
    assert told.sentence not in {in_words(each) for each in LineFault if each is not fault}


def test_a_refusal_of_the_question_speaks_of_no_declaration(tmp_path: Path) -> None:
    station = a_station(tmp_path / "station", tmp_path / "central")
    with central_process(tmp_path / "central") as central:
        well, refused = lamp(station, central.url), lamp(station, f"{central.url}/v1")
    assert well.health is Health.GOOD
    assert refused.health is Health.WATCH
    assert "tờ khai" not in f"{refused.sentence} {refused.remedy}".lower()
    assert in_words(str(refused.values["code"])) == in_words("something else"), (
        "a code without words of its own"
    )


def lamp(station: AStation, url: str) -> Finding:
    config = station_config(station.folder)
    here = replace(config.station, data_dir=station.folder)
    there = replace(config.central, url=url, timeout_seconds=5.0)
    return examine_central(replace(config, station=here, central=there), station.clock)

"""A receipt of another station: central is asked, really, and silence is told as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.actions.look_up import look_up_by_pin, look_up_by_qr
from kiosk.adjustments import Adjustments
from kiosk.domain.progress import Progress
from kiosk.domain.receipt import ReceiptCode, ReceiptQr
from kiosk.problems.receipts import CentralSilent, ReceiptUnknown, TooManyTries
from kiosk.station import Station
from sync.central.cli import main
from tests.stations import open_station
from tests.sync.samples import PIN, TOKEN
from tests.sync.world import CentralProcess, a_station, central_process

CODE = ReceiptCode.of("0777", 1)


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralProcess]:
    """A central that has one declaration of another station, which needs mending."""
    other = a_station(tmp_path / "other", tmp_path / "central", "0777")
    other.receipt_code = lambda: CODE.text  # type: ignore[method-assign]
    manifest = other.seals()
    with central_process(tmp_path / "central") as running:
        other.drains(running.url)
        mended = ["--part", "part-0", "--reason", "blurred", "--data", str(running.data)]
        assert CliRunner().invoke(main, ["return", manifest.uuid, *mended]).exit_code == 0
        yield running


@pytest.fixture
def station(tmp_path: Path, central: CentralProcess) -> Iterator[Station]:
    with open_station(tmp_path) as opened:
        settings = opened.station.config
        at = replace(settings.central, url=central.url)
        yield replace(opened.station, adjustments=Adjustments(replace(settings, central=at)))


def test_central_answers_for_another_station_and_its_silence_is_told(
    station: Station, central: CentralProcess
) -> None:
    for standing in (
        look_up_by_pin(station, CODE.shown().lower(), PIN),
        look_up_by_qr(station, ReceiptQr(CODE, TOKEN)),
    ):
        assert (standing.progress, standing.is_ours) == (Progress.RETURNED, False)
        assert standing.procedure
        assert standing.reasons == ("Có mục cần sửa, xin hỏi nhân viên",)
    ours, unknown = ReceiptCode.of(station.config.station.id, 99), ReceiptCode.of("0777", 99)
    for code in (ours, unknown):
        with pytest.raises(ReceiptUnknown):
            look_up_by_pin(station, code.text, PIN)
    for _ in range(5):
        with pytest.raises(ReceiptUnknown):
            look_up_by_pin(station, CODE.text, "000000")
    with pytest.raises(TooManyTries):
        look_up_by_pin(station, CODE.text, PIN)

    central.stop()
    with pytest.raises(CentralSilent):
        look_up_by_qr(station, ReceiptQr(CODE, TOKEN))
    with pytest.raises(ReceiptUnknown):
        look_up_by_pin(station, ours.text, PIN)


def test_central_counts_the_guesses_of_all_stations(station: Station, central: CentralProcess) -> None:
    for _ in range(5):
        with pytest.raises(ReceiptUnknown):
            look_up_by_pin(station, CODE.text, "000000")
    station.lockout.right(CODE.text)  # as another station, that has seen no guess
    with pytest.raises(TooManyTries):
        look_up_by_pin(station, CODE.text, PIN)

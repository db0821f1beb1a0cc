"""Hand-held readers on a serial line: their codes reach the same parser as the camera's."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.settings import ScannerSettings
from kiosk.actions.scan_card import look_for_child, look_for_guardian
from kiosk.cli.open_station import OpenStation
from kiosk.cli.serve import read_procedures
from kiosk.domain.draft import Draft
from kiosk.problems import Problem
from kiosk.problems.reading import NotAHealthCard
from kiosk.rehearsal import GUARDIAN
from kiosk.store import database
from kiosk.visits import Settings
from sync.parcels import Parcels
from tests.stations import enrol, station_config


def test_a_card_read_by_a_serial_reader_fills_the_form(tmp_path: Path) -> None:
    reader, line = os.openpty()
    enrol(tmp_path)
    config = replace(station_config(tmp_path), scanners=ScannerSettings((os.ttyname(line),)))
    Parcels(config.station.data_dir).prepare()
    database.prepare(config.station.data_dir / "station.db")
    opened = OpenStation(config, read_procedures(config))
    try:
        visit = opened.station.visits.begin(Draft(opened.station.procedures.first), Settings())
        os.write(reader, GUARDIAN.to_qr().encode() + b"\r\n")
        assert _soon(lambda: look_for_guardian(opened.station, visit)) == GUARDIAN
        os.write(reader, GUARDIAN.to_qr().encode() + b"\r\n")
        with pytest.raises(NotAHealthCard):
            _soon(lambda: look_for_child(opened.station, visit), NotAHealthCard)
    finally:
        opened.close()
        os.close(reader)
        os.close(line)


def _soon(look, *expected: type[Problem]):
    """Look until something came; the camera is absent meanwhile."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return look()
        except expected:
            raise
        except Problem:
            assert time.monotonic() < deadline
            time.sleep(0.05)

"""Templates compiled before the last start: found again, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app import create_app
from tests.stations import open_station


def test_a_second_start_compiles_nothing_again(tmp_path: Path) -> None:
    with open_station(tmp_path) as opened:
        assert opened.app.test_client().get("/").status_code == 200
        kept = {path: path.stat().st_ino for path in _files(tmp_path)}
        create_app(opened.station).test_client().get("/")
        assert kept
        assert {path: path.stat().st_ino for path in _files(tmp_path)} == kept


@pytest.mark.parametrize("bytes_left", [0, 15, 30, 80, 2000])
def test_what_a_power_cut_left_short_is_made_again(tmp_path: Path, bytes_left: int) -> None:
    with open_station(tmp_path) as opened:
        opened.app.test_client().get("/")
        whole = {path: path.read_bytes() for path in _files(tmp_path)}
        for path, content in whole.items():
            path.write_bytes(content[:bytes_left])
        assert create_app(opened.station).test_client().get("/").status_code == 200
        assert {path: path.read_bytes() for path in _files(tmp_path)} == whole


def test_a_page_needs_no_room_for_them(tmp_path: Path) -> None:
    with open_station(tmp_path) as opened:
        _folder(tmp_path).write_bytes(b"")  # where the folder should be
        assert opened.app.test_client().get("/").status_code == 200


def _folder(data: Path) -> Path:
    return data / "station" / "compiled"


def _files(data: Path) -> list[Path]:
    return sorted(_folder(data).glob("*.cache"))

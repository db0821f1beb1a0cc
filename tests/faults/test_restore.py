"""The database is damaged and yesterday's backup restored: all ten declarations reach central, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.back_up import back_up
from kiosk.actions.submit import submit
from kiosk.cli.context import now
from kiosk.cli.open_station import OpenStation
from kiosk.visits import Settings
from sync import outbox
from sync.central import store
from sync.central.folder import CentralFolder
from sync.durable import open_db
from sync.postman import PostmanSettings, drain_once
from tests.processes import run_kiosk
from tests.stations import a_draft, enrol, open_station
from tests.sync.world import central_process

pytestmark = pytest.mark.fault


def test_ten_pledged_and_yesterdays_backup_restored_reach_central_once_each(tmp_path: Path) -> None:
    enrol(tmp_path)
    with central_process(tmp_path / "central") as central:
        postman = PostmanSettings(tmp_path / "station", central.url, 5, 20.0)
        with open_station(tmp_path) as opened:
            codes = _pledge(opened, 4)
            back_up(tmp_path / "station", kept=3, at=now())
            codes += _pledge(opened, 3)
            assert drain_once(postman, now).delivered == 7
            codes += _pledge(opened, 3)
        _damage(tmp_path / "station" / "station.db")
        restored = run_kiosk("--data", str(tmp_path), "restore")
        assert "6 declarations were queued again" in restored.stdout, restored.stderr
        assert drain_once(postman, now).delivered == 10
        with open_station(tmp_path) as opened:
            codes += _pledge(opened, 1)
        assert drain_once(postman, now).delivered == 1

    with open_db(CentralFolder(tmp_path / "central").database) as db:
        held = store.newest(db, 100)
        assert sorted(each.opened().receipt_code for each in held) == sorted(codes)
        assert all(each.acknowledgement for each in held)
    with open_db(tmp_path / "station" / "station.db") as db:
        assert outbox.counts(db) == outbox.Counts(waiting=0, delivered=11, quarantined=0)
    assert list((tmp_path / "station" / "parts").iterdir()) == []


def _pledge(opened: OpenStation, number: int) -> list[str]:
    station = opened.station
    codes = []
    for seed in range(number):
        visit = station.visits.begin(a_draft(station.procedures.first, seed * 10), Settings())
        codes.append(submit(station, visit).qr.code.text)
        station.visits.leave(visit.id)
    return codes


def _damage(path: Path) -> None:
    """A few sectors in the middle are something else now."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(bytes(range(256)) * 32)

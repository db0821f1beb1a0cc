"""The disk fills up: nobody who began is failed, nobody begins in vain, and it passes by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.begin import begin, why_resting
from kiosk.ballast import Ballast
from kiosk.visits import Settings
from tests.faults.full_disk import fill, fill_at_every_write, small_disk
from tests.stations import open_station

pytestmark = pytest.mark.fault


def test_a_disk_that_fills_up_at_any_write_fails_no_visitor(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 24) as disk:
        filled = fill_at_every_write(disk, range(0, 128, 8))
    assert filled.saved > 4
    assert filled.at_once > 1, "the last ones found room for all their writes"


def test_a_full_disk_is_told_on_the_start_page_and_passes_by_itself(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16) as disk, open_station(disk) as opened:
        browser = opened.app.test_client()
        assert "Bắt đầu" in browser.get("/").text
        fill(disk, 0)
        assert "Máy tạm nghỉ" in browser.get("/").text
        refused = browser.post("/start", headers={"HX-Request": "true"})
        assert refused.status_code == 503
        assert "Máy tạm nghỉ" in refused.text
        (disk / "filler").unlink()
        assert "Bắt đầu" in browser.get("/").text
        begin(opened.station, Settings())


def test_a_ballast_is_laid_only_beside_the_floor(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        large = Ballast(disk / "ballast", size=2_000_000, floor=3_000_000)
        assert not large.lay()
        assert not large.is_above_floor()
        ballast = Ballast(disk / "ballast", size=2_000_000, floor=1_000_000)
        assert ballast.lay()
        assert ballast.is_above_floor()
        assert ballast.release()
        assert not ballast.release()


def test_the_reason_is_for_the_officer(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16) as disk, open_station(disk) as opened:
        fill(disk, 0)
        assert why_resting(opened.station) == "disk: 0 MB free"

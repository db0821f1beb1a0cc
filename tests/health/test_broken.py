"""What breaks while it is looked at is said of its part alone: no examination ends in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hardware.devices import open_devices
from kiosk.actions.examine import examine
from kiosk.adjustments import Adjustments
from kiosk.config import Config
from kiosk.health.disk import examine_disk
from kiosk.health.finding import Finding, Health, Part
from kiosk.health.guard import looked_at
from tests.conftest import ROOT
from tests.faults.full_disk import small_disk
from tests.processes import run_kiosk
from tests.stations import NOON, open_station, station_config

NOBODY = 65534


@pytest.fixture
def ailing(tmp_path: Path) -> Iterator[Path]:
    """A station whose disk the kernel has made read-only, as it does after errors."""
    with small_disk(tmp_path / "disk", 16) as disk:
        with open_station(disk):
            pass
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield disk


@pytest.mark.fault
def test_a_disk_made_read_only_is_told_and_every_other_part_is_still_looked_at(ailing: Path) -> None:
    found = findings(station_config(ailing))
    assert by_part(found)[Part.DISK].sentence == "Không ghi được lên ổ đĩa."
    assert by_part(found)[Part.DISK].health is Health.BAD
    assert by_part(found)[Part.DATABASE].health is Health.GOOD
    assert by_part(found)[Part.KEYS].health is Health.GOOD
    assert set(by_part(found)) >= set(Part) - {Part.BOARD}


@pytest.mark.fault
@pytest.mark.slow
def test_the_command_ends_with_lines_and_no_traceback(ailing: Path) -> None:
    done = run_kiosk("--data", str(ailing), "doctor", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = {each["part"]: each for each in json.loads(done.stdout)}
    assert (told["disk"]["health"], told["keys"]["health"]) == ("bad", "good")


def test_a_folder_of_another_user_is_no_broken_disk(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with as_nobody():
        told = examine_disk(tmp_path, floor_mb=1)
    assert (told.health, told.remedy) == (Health.BAD, "Xin chạy kiosk install.")
    tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_foresaw_is_told_by_its_kind_and_what_was_found_before_stays() -> None:
    fine = Finding(Part.BOARD, Health.GOOD, "Nhiệt độ %(celsius)s °C.", values={"celsius": 50})

    def look() -> Iterator[Finding]:
        yield fine
        raise ZeroDivisionError("Trần Thị Bình")

    kept, broken = looked_at(Part.BOARD, look)
    assert kept is fine
    assert (broken.part, broken.health, broken.values) == (
        Part.BOARD,
        Health.BAD,
        {"kind": "ZeroDivisionError"},
    )
    assert "Bình" not in repr(broken)


def findings(config: Config) -> list[Finding]:
    fonts = ROOT / "static" / "fonts"
    with closing(open_devices(config.camera, config.printer, config.page_printer, fonts)) as devices:
        return examine(Adjustments(config), devices, (), lambda: NOON, time.monotonic, time.sleep)


def by_part(found: list[Finding]) -> dict[Part, Finding]:
    return {each.part: each for each in found}


@contextmanager
def as_nobody() -> Iterator[None]:
    """As a user who owns nothing; whoever is not root is held up by the mode of his own folder."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)

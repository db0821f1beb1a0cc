"""`make test-hardware` itself: what it says of printers that cannot be asked, or are not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hardware.sim.paper import read_paper
from tests.conftest import ROOT
from tests.processes import write_settings


def test_a_printer_that_only_takes_is_tried_like_any(tmp_path):
    said = try_own_printer(tmp_path, "file", str(tmp_path / "lp0"))
    assert "3 passed" in said, said
    assert len(read_paper((tmp_path / "lp0").read_bytes(), 576).cuts) == 3, "as docs/install.md says"


@pytest.mark.parametrize("driver", ["none", "sim"])
def test_a_station_without_a_printer_of_its_own_is_told_why_none_was_tried(tmp_path, driver):
    said = try_own_printer(tmp_path, driver, "")
    assert "3 skipped" in said, said
    assert f"no printer to try: [printer] driver is {driver}" in said


def try_own_printer(folder: Path, driver: str, address: str) -> str:
    """What the tests say of this [printer]; the rest of its devices is left out."""
    changes = {
        'driver = "sim" ': f'driver = "{driver}" ',
        'address = ".demo/slips"': f'address = "{address}"',
    }
    settings = str(write_settings(folder, changes))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/hardware/test_devices.py",
        "--hardware",
        settings,
        "-rs",
    ]
    chosen = ["-k", "own and print", "-p", "no:cacheprovider"]
    return subprocess.run([*command, *chosen], cwd=ROOT, capture_output=True, text=True, check=False).stdout

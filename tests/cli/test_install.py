"""kiosk install: what it writes is what systemd takes, twice the same, and gone again afterwards."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.installation import SERVICES
from tests.processes import run_kiosk

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    done = run_kiosk("install", "--user", "kiosk", "--into", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def files(tree: Path) -> dict[str, str]:
    return {str(path.relative_to(tree)): path.read_text() for path in tree.rglob("*") if path.is_file()}


def units(tree: Path) -> list[Path]:
    return sorted((tree / "etc/systemd/system").glob("*.service"))


def test_a_second_install_writes_nothing(tree: Path) -> None:
    before = files(tree)
    said = run_kiosk("install", "--user", "kiosk", "--into", str(tree)).stdout
    assert said.startswith("0 of ")
    assert files(tree) == before


def test_it_says_that_devices_are_still_make_believe(tree: Path) -> None:
    said = run_kiosk("install", "--into", str(tree)).stdout
    assert "[camera], [printer], [stick] of kiosk.toml still name make-believe devices" in said


def test_a_dry_run_shows_every_file_and_command_and_touches_nothing(tree: Path) -> None:
    said = run_kiosk("install", "--user", "kiosk", "--dry-run").stdout
    for name, text in files(tree).items():
        assert f"# /{name}" in said
        assert text in said
    assert "run systemctl restart bhxh-noswap.service bhxh-serve.service" in said
    assert not Path("/etc/systemd/system/bhxh-serve.service").exists()


def test_systemd_finds_no_fault_in_the_units(tree: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not on this machine")
    assert len(units(tree)) == len(SERVICES)
    command = ["systemd-analyze", "verify", *map(str, units(tree))]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    # The X server and the session script are not on this machine; all else must be right.
    complaints = [line for line in said.splitlines() if "is not executable" not in line]
    assert complaints == []


def test_every_unit_is_shut_in(tree: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not on this machine")
    for unit in units(tree):
        command = ["systemd-analyze", "security", "--offline=true", str(unit)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        level = re.search(r"exposure level for \S+: ([0-9.]+)", said)
        assert level, said
        assert float(level[1]) < 4.0, f"{unit.name}: {level[1]}"


def test_no_visit_can_reach_swap_or_a_core_dump(tree: Path) -> None:
    for unit in units(tree):
        text = unit.read_text()
        assert "LimitCORE=0" in text
        assert "MemorySwapMax=0" in text or unit.name == "bhxh-noswap.service"


def test_the_browser_may_go_nowhere_but_home(tree: Path) -> None:
    policy = json.loads((tree / "etc/chromium/policies/managed/bhxh-station.json").read_text())
    assert policy["URLBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == ["http://127.0.0.1:8080"]
    assert policy["DownloadRestrictions"] == 3
    for what in ("PrintingEnabled", "PasswordManagerEnabled", "AutofillAddressEnabled"):
        assert policy[what] is False


def test_uninstall_takes_it_all_back(tmp_path: Path) -> None:
    run_kiosk("install", "--into", str(tmp_path))
    done = run_kiosk("uninstall", "--into", str(tmp_path))
    assert re.fullmatch(r"\d+ files removed; .+ was left as it is\n", done.stdout)
    assert files(tmp_path) == {}

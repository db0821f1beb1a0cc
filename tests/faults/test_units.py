"""The units as `kiosk install` writes them, under a real systemd: they start, and come back dead or hung."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.faults.machine import PATIENCE_SECONDS, Machine, NoMachine, a_machine

pytestmark = [pytest.mark.fault, pytest.mark.machine]
STATION = "/srv/station"
ADDRESS = "http://127.0.0.1:8080"
PYTHON = f"{ROOT}/.venv/bin/python"
SERVE, SYNC = "bhxh-serve.service", "bhxh-sync.service"
SCREEN, BROWSER = "bhxh-screen.service", "bhxh-browser.service"

_PREPARE = f"""
from pathlib import Path
from tests.processes import write_settings
from tests.stations import enrol
folder = Path("{STATION}")
folder.mkdir()
enrol(folder / ".demo")
write_settings(folder, {{"floor_mb = 500": "floor_mb = 1"}})
"""
_ASK = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"
_ACTIVATE = """
from pathlib import Path
from kiosk.cli.activation import Activation
from kiosk.cli.system import System
activation = Activation(System(Path("/")))
activation.start(["bhxh-noswap", "bhxh-serve", "bhxh-sync"])
print(activation.waits, activation.faults)
"""
_INSTALL = f"""
set -eux
useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin kiosk
for each in $(readlink --canonicalize {sys.executable}) {ROOT}/kiosk; do
    while [ "$each" != / ]; do each=$(dirname "$each"); chmod o+rx "$each"; done
done
chown --recursive kiosk: {STATION}/.demo
cd {ROOT}
# The files and the services: packages, which need a network, and a panel are not for here.
{PYTHON} -m kiosk --config {STATION}/kiosk.toml install --user kiosk --into /proc/self/root
changed() {{
    mkdir "/etc/systemd/system/$1.d"
    printf '[Service]\\n%b' "$2" > "/etc/systemd/system/$1.d/here.conf"
}}
changed {SYNC} 'WatchdogSec=20\\n'
# No panel is here; and a developer's Python may lie in a home folder.
changed {SCREEN} 'ExecStart=\\nExecStart=/usr/bin/Xvfb :0 -auth /run/bhxh-screen/auth\\n'
changed {BROWSER} 'ProtectHome=read-only\\n'
{PYTHON} -c '{_ACTIVATE}'
"""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """A machine on which the station was installed and enrolled."""
    try:
        with a_machine() as started:
            prepared = started.run("env", f"--chdir={ROOT}", f"PYTHONPATH={ROOT}", PYTHON, "-c", _PREPARE)
            assert prepared == ""
            installed = started.run("bash", stdin=_INSTALL)
            assert "files written" in installed, installed
            told = "['udev does not run here: the device rules change with the next boot'] []"
            assert told in installed, "systemd runs in there, udev does not"
            yield started
    except NoMachine as why:
        pytest.skip(str(why))


def test_they_are_ready_under_their_own_user_and_shut_in(machine: Machine) -> None:
    for unit in (SERVE, SYNC):
        process = str(machine.await_active(unit))
        assert machine.run("ps", "--no-headers", "--format=user", "--pid", process) == "kiosk"
        limits = machine.run("grep", "Max core file size", f"/proc/{process}/limits").split()
        assert limits[4] == "0", "no visit can reach a core dump"
        seen = machine.run("nsenter", "--target", process, "--mount", "touch", f"{ROOT}/kiosk/written")
        assert "Read-only file system" in seen
    assert "Đăng ký tài khoản" in machine.run(PYTHON, "-c", _ASK, ADDRESS)
    assert machine.run("systemctl", "--failed", "--quiet", "--no-legend") == ""


def test_modules_that_cannot_be_loaded_here_stop_no_service(machine: Machine) -> None:
    machine.await_active(SERVE)
    for module in ("videodev", "cdc_acm", "usbserial", "usblp", "lp"):
        unit = f"modprobe@{module}.service"
        asked_for = machine.run("systemctl", "show", "--property=WantedBy", "--value", unit)
        assert SERVE in asked_for, unit


def test_the_command_acts_as_the_stations_user(machine: Machine) -> None:
    machine.await_active(SERVE)
    as_user = ("env", "--chdir=/root", "runuser", "-u", "kiosk", "--", "/usr/local/bin/kiosk")
    assert machine.run(*as_user, "officers", "list") == "", "nobody yet, and no complaint either"
    assert "no such command" in machine.run(*as_user, "officer").lower()


def test_code_in_a_home_folder_is_refused_before_anything_is_written(machine: Machine) -> None:
    home, marker = "/home/somebody", "/home/before"
    machine.run(
        "bash",
        stdin=f"mkdir -p {home}; cp -r {ROOT}/{{kiosk,hardware,sync,kiosk.toml}} {home}; touch {marker}",
    )
    said = machine.run("env", f"--chdir={home}", PYTHON, "-m", "kiosk", "install")
    assert said.startswith(f"kiosk: {home} is in a home folder, which the services cannot see: put the code")
    assert machine.run("find", "/etc", "/usr/local", "-newer", marker, "-type", "f") == ""


def test_the_page_is_on_the_panel_and_comes_back_with_it(machine: Machine) -> None:
    for program in ("Xvfb", "openbox", "chromium", "xauth"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    machine.await_active(SERVE)
    machine.run("systemctl", "start", SCREEN)  # which wants the browser
    browser = machine.await_active(BROWSER)
    await_beats(machine)
    machine.run("kill", "-KILL", str(machine.main_process(SCREEN)))
    machine.await_active(BROWSER, other_than=browser)
    await_beats(machine)


def await_beats(machine: Machine) -> None:
    """Wait until the page in the browser says once more that it lives."""
    before, until = _beats(machine), time.monotonic() + PATIENCE_SECONDS
    while _beats(machine) <= before:
        assert time.monotonic() < until, machine.run("journalctl", "--no-pager", "--unit", BROWSER)
        time.sleep(0.5)


def _beats(machine: Machine) -> int:
    return int(json.loads(machine.run(PYTHON, "-c", _ASK, f"{ADDRESS}/heartbeat/"))["count"])


@pytest.mark.parametrize("unit", [SERVE, SYNC])
def test_a_killed_one_comes_back(machine: Machine, unit: str) -> None:
    before = machine.await_active(unit)
    machine.run("kill", "-KILL", str(before))
    machine.await_active(unit, other_than=before)


@pytest.mark.parametrize("unit", [SERVE, SYNC])
def test_a_hung_one_is_started_anew_by_the_watchdog(machine: Machine, unit: str) -> None:
    before = machine.await_active(unit)
    machine.run("kill", "-STOP", *(machine.workers(before) if unit == SERVE else [str(before)]))
    machine.await_active(unit, other_than=before)
    said = machine.run("journalctl", "--no-pager", "--unit", unit)
    assert "Watchdog timeout" in said

"""kiosk install: what it writes is what systemd takes, twice the same, and gone again afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.cli.activation import Activation
from kiosk.cli.system import System
from kiosk.installation import SERVICES, in_a_home
from kiosk.presence import Presence, somebody_here
from tests.processes import run_kiosk, write_settings

pytestmark = pytest.mark.slow

MODULES = {
    "alsa": "snd",
    "drm": "drm",
    "lp": "lp",
    "ttyACM": "cdc_acm",
    "ttyUSB": "usbserial",
    "usb": "usblp",
    "video4linux": "videodev",
}
"""Which module brings a class of devices into /proc/devices, by the names in the kernel's sources."""
BUILT_IN = {"fb", "input", "tty", "ttyAMA", "ttyS"}
"""In Debian's and Raspberry Pi's kernels from the start."""


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
    assert "run systemctl enable bhxh-noswap.service bhxh-serve.service" in said
    assert "0 files written: a dry run" in said
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


def test_a_device_is_allowed_although_it_is_plugged_in_after_the_start(tree: Path) -> None:
    for unit in units(tree):
        text = unit.read_text()
        classes = set(re.findall(r"^DeviceAllow=char-(\S+)", text, flags=re.MULTILINE))
        modules = {f"modprobe@{MODULES[each]}.service" for each in classes - BUILT_IN}
        assert modules == {each for each in words(text, "Wants") if each.startswith("modprobe@")}
        assert modules <= words(text, "After"), unit.name
        assert not any("modprobe@" in each for each in words(text, "Requires")), "without one it starts too"
    assert "DeviceAllow=char-ttyAMA rw" in (tree / "etc/systemd/system/bhxh-serve.service").read_text()


def test_the_panel_is_the_stations_alone_and_on_the_card_that_has_it(tree: Path) -> None:
    screen = (tree / "etc/systemd/system/bhxh-screen.service").read_text()
    for key in ("Conflicts", "After"):
        assert "display-manager.service" in words(screen, key)
    xorg = (tree / "etc/X11/xorg.conf.d/90-bhxh-station.conf").read_text()
    (card,) = re.findall(r'^Section "OutputClass"\n(.*?)^EndSection$', xorg, flags=re.MULTILINE | re.DOTALL)
    options = dict(re.findall(r'^ +(?:Option )?"?(\w+)"? "(\w+)"$', card, flags=re.MULTILINE))
    assert options == {
        "Identifier": "vc4",
        "MatchDriver": "vc4",
        "Driver": "modesetting",
        "PrimaryGPU": "true",
    }


def test_the_rules_count_for_devices_that_are_looked_at_once_more(tree: Path) -> None:
    rules = (tree / "etc/udev/rules.d/70-bhxh-station.rules").read_text()
    actions = dict(re.findall(r'^ACTION=="([^"]+)", SUBSYSTEM=="(usb|block)"', rules, flags=re.MULTILINE))
    assert actions == {"add|change": "usb", "add": "block"}, "a stick is mounted when it is plugged in"


def words(unit: str, key: str) -> set[str]:
    """Every word that a unit says for a key."""
    return set(" ".join(re.findall(rf"^{key}=(.*)$", unit, flags=re.MULTILINE)).split())


def test_who_asks_central_may_reach_it_and_nobody_else_leaves_the_machine(tree: Path) -> None:
    shut_off = {unit.stem for unit in units(tree) if "IPAddressDeny=any" in unit.read_text()}
    assert shut_off == set(SERVICES) - {"bhxh-serve", "bhxh-sync"}


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
    assert policy["DeveloperToolsAvailability"] == 2, "nowhere, not only where extensions are forced"
    for what in (
        "PrintingEnabled",
        "PasswordManagerEnabled",
        "AutofillAddressEnabled",
        "AutofillCreditCardEnabled",
        "AllowFileSelectionDialogs",
    ):
        assert policy[what] is False, what


def test_the_command_is_on_the_path_and_knows_the_stations_settings(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, {})
    run_kiosk("--config", str(settings), "install", "--user", "clerk", "--into", str(tmp_path))
    command = tmp_path / "usr/local/bin/kiosk"
    assert "runuser -u clerk -- kiosk" in command.read_text()
    answer = subprocess.run([command, "queue"], cwd="/", capture_output=True, text=True, check=False)
    assert answer.stderr.startswith(f"kiosk: no station has run here yet: {tmp_path}/.demo/station")


def test_uninstall_takes_it_all_back(tmp_path: Path) -> None:
    run_kiosk("install", "--into", str(tmp_path))
    done = run_kiosk("uninstall", "--into", str(tmp_path))
    assert re.fullmatch(r"\d+ files removed; .+ was left as it is\n", done.stdout)
    assert files(tmp_path) == {}


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_no_visit_is_cut_short(tmp_path: Path, command: str) -> None:
    (tmp_path / "station").mkdir()
    with closing(Presence(tmp_path / "station")) as presence:
        presence.come()
        refused = run_kiosk("--data", str(tmp_path), command)
        assert refused.stderr == "kiosk: somebody is at the screen; run it again once they have left\n"
        presence.go()
        assert not somebody_here(tmp_path / "station")


@pytest.mark.parametrize("path", ["/home/pi/bhxh-station", "/root/.pyenv/versions/3.11.7/bin/python3.11"])
def test_what_lies_in_a_home_is_hidden_from_the_services(path: str) -> None:
    seen = [Path(each) for each in ("/opt/bhxh-station", "/usr/bin/python3.11", "/homes/bhxh", "/srv/home/x")]
    assert in_a_home(*seen) == []
    assert in_a_home(*seen, Path(path)) == [Path(path)]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The commands that systemctl and udevadm were given, one a line; "ill" among them makes one fail."""
    programs, asked = tmp_path / "bin", tmp_path / "asked"
    programs.mkdir()
    for name in ("systemctl", "udevadm"):
        script = f'#!/bin/sh\necho {name} "$@" >> {asked}\ncase "$*" in *ill*) echo no >&2; exit 1;; esac\n'
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return asked


def runs_here(root: Path) -> None:
    (root / "run/systemd/system").mkdir(parents=True)
    (root / "run/udev").mkdir()
    (root / "run/udev/control").touch()


def test_where_nothing_runs_the_services_are_enabled_and_the_rest_is_said(
    asked: Path, tmp_path: Path
) -> None:
    activation = Activation(System(tmp_path))
    activation.start(["serve"])
    assert asked.read_text() == "systemctl enable serve.service\n"
    assert activation.faults == []
    assert [each.split(":")[0] for each in activation.waits] == [
        "systemd does not run here",
        "udev does not run here",
    ]
    assert all("with the next boot" in each for each in activation.waits)


def test_a_system_without_systemctl_is_told_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    activation = Activation(System(tmp_path))
    activation.start(["serve"])
    assert activation.waits[-1].startswith("there is no systemctl here")
    assert activation.faults == []


def test_where_they_run_everything_counts_at_once_and_a_refusal_stops_nothing(
    asked: Path, tmp_path: Path
) -> None:
    runs_here(tmp_path)
    activation = Activation(System(tmp_path))
    activation.start(["ill"])
    commands = asked.read_text().splitlines()
    assert [line.split()[1] for line in commands] == [
        *("daemon-reload", "try-restart", "control", "trigger", "enable", "restart"),
    ]
    assert commands[3].split()[2:] == [
        f"--subsystem-match={each}" for each in ("usb", "usbmisc", "tty", "video4linux")
    ], "what is plugged in already falls under the rules"
    assert activation.waits == []
    assert activation.faults[-1] == "systemctl restart ill.service failed: no"


def test_what_is_not_there_needs_no_stopping(asked: Path, tmp_path: Path) -> None:
    runs_here(tmp_path)
    Activation(System(tmp_path)).stop(["serve"])
    assert not asked.exists()
    unit = tmp_path / "etc/systemd/system/serve.service"
    unit.parent.mkdir(parents=True)
    unit.touch()
    Activation(System(tmp_path)).stop(["serve", "sync"])
    assert asked.read_text() == "systemctl stop serve.service\nsystemctl disable serve.service\n"

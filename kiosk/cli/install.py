"""`kiosk install` and `kiosk uninstall`: a machine that starts as a station, and one that no longer does."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from kiosk.checkout import ROOT
from kiosk.cli.context import Context, fail
from kiosk.config import Config
from kiosk.installation import GROUPS, PACKAGES, SERVICES, SystemFile, system_files

_SYSTEM = Path("/")


@click.command()
@click.option(
    "--user", default="kiosk", show_default=True, help="Account the station runs as; made if missing."
)
@click.option("--dry-run", is_flag=True, help="Print every file and command; change nothing.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=_SYSTEM,
    help="Only lay the files down under this folder: an image being built, or a trial.",
)
@click.pass_obj
def install(context: Context, user: str, dry_run: bool, into: Path) -> None:
    """Make this machine start as a station: services, device rules, a locked browser.

    For Debian 12 and Raspberry Pi OS (64 bit), as root. May be run again after every change of kiosk.toml or
    of the code: only what differs is written.
    """
    config = context.load()
    files = system_files(config, context.config_path.resolve(), user, ROOT)
    system = _Printer() if dry_run else _System(into)
    if into == _SYSTEM:
        if not dry_run and os.geteuid() != 0:
            fail("install writes to /etc and starts services: run it as root, or with --dry-run")
        _provide(system, config, user)
    changed = [file.path for file in files if system.write(file)]
    if into == _SYSTEM:
        _start(system)
    if not dry_run:
        click.echo(f"{len(changed)} of {len(files)} files written{_and_twins(config)}")


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be removed.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=_SYSTEM,
    help="Where install --into laid them.",
)
@click.pass_obj
def uninstall(context: Context, dry_run: bool, into: Path) -> None:
    """Take back what install wrote. Declarations, keys, the account and Debian's packages stay."""
    config = context.load()
    system = _Printer() if dry_run else _System(into)
    if into == _SYSTEM:
        if not dry_run and os.geteuid() != 0:
            fail("uninstall removes files of /etc: run it as root, or with --dry-run")
        system.run(["systemctl", "disable", "--now", *_units()])
    removed = sum(system.remove(file) for file in system_files(config, context.config_path, "nobody", ROOT))
    if into == _SYSTEM:
        _reload(system)
    if not dry_run:
        click.echo(f"{removed} files removed; {config.station.data_dir} was left as it is")


@dataclass(frozen=True, slots=True)
class _System:
    """The real one, or a folder that stands for it."""

    root: Path

    def write(self, file: SystemFile) -> bool:
        """Lay a file down; say whether anything changed."""
        path = self.root / file.path
        if (
            path.is_file()
            and path.read_text("utf-8") == file.content
            and path.stat().st_mode & 0o777 == file.mode
        ):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content, "utf-8")
        path.chmod(file.mode)
        return True

    def remove(self, file: SystemFile) -> bool:
        """Take a file away; say whether it was there."""
        path = self.root / file.path
        was_there = path.exists()
        path.unlink(missing_ok=True)
        return was_there

    def run(self, command: Sequence[str]) -> None:
        """Run a command of the system; its own words are shown when it fails."""
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            fail(f"{' '.join(command)} failed: {done.stderr.strip() or done.stdout.strip()}")


class _Printer:
    """Says what would be done."""

    def write(self, file: SystemFile) -> bool:
        click.echo(f"\n# /{file.path} (mode {file.mode:o})\n{file.content}", nl=False)
        return True

    def remove(self, file: SystemFile) -> bool:
        click.echo(f"remove /{file.path}")
        return True

    def run(self, command: Sequence[str]) -> None:
        click.echo(f"run {' '.join(command)}")


_CODE = ("kiosk", "hardware", "sync")


def _provide(system: _System | _Printer, config: Config, user: str) -> None:
    """Packages, the account and the station's folder."""
    if missing := [each for each in PACKAGES if not _is_installed(each)]:
        system.run(["apt-get", "-qq", "update"])
        system.run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", *missing])
    if not _is_known(user):
        system.run(
            ["useradd", "--system", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", user]
        )
    # The station's user may not write beside the code: left to him, it would be compiled at every start.
    system.run([sys.executable, "-m", "compileall", "-q", *(str(ROOT / each) for each in _CODE)])
    groups = [each for each in GROUPS if _is_group(each)]
    system.run(["usermod", "--append", "--groups", ",".join(groups), user])
    folder = str(config.station.data_dir)
    system.run(["install", "--directory", "--mode=0700", f"--owner={user}", folder])
    system.run(["chown", "--recursive", f"{user}:", folder])


def _start(system: _System | _Printer) -> None:
    _reload(system)
    system.run(["systemctl", "enable", *_units()])
    system.run(["systemctl", "restart", *_units()])


def _reload(system: _System | _Printer) -> None:
    system.run(["systemctl", "daemon-reload"])
    system.run(["udevadm", "control", "--reload"])
    system.run(["systemctl", "try-restart", "systemd-journald.service"])


def _units() -> list[str]:
    return [f"{name}.service" for name in SERVICES]


def _and_twins(config: Config) -> str:
    """A station whose camera is a folder of pictures should not go unnoticed."""
    twins = []
    if any(
        each.startswith(("folder:", "file:")) for each in (config.camera.document, config.camera.portrait)
    ):
        twins.append("[camera]")
    if config.printer.driver == "sim":
        twins.append("[printer]")
    if config.stick.source.startswith("folder:"):
        twins.append("[stick]")
    return f"; {', '.join(twins)} of kiosk.toml still name make-believe devices" if twins else ""


def _is_installed(package: str) -> bool:
    asked = ["dpkg-query", "--show", "--showformat=${Status}", package]
    if not shutil.which(asked[0]):
        return True  # not a Debian: its owner provides what is named in docs/install.md
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    return "ok installed" in answer.stdout


def _is_known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _is_group(name: str) -> bool:
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True

"""`kiosk install` and `kiosk uninstall`: a machine that starts as a station, and one that no longer does."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import click

from kiosk.checkout import ROOT
from kiosk.cli.activation import Activation
from kiosk.cli.context import Context, fail
from kiosk.cli.system import CommandFailed, DryRun, System
from kiosk.config import Config
from kiosk.installation import GROUPS, PACKAGES, SERVICES, in_a_home, system_files
from kiosk.presence import somebody_here

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
    of the code: only what differs is written. Where systemd or udev do not run (an image, a container)
    everything is written too, and what counts after the next boot only is said.
    """
    config = context.load()
    files = system_files(config, context.config_path.resolve(), user, ROOT)
    system = DryRun() if dry_run else System(into)
    activation = Activation(system)
    in_earnest = into == _SYSTEM and not dry_run
    if in_earnest:
        _no_visit_is_cut_short(config)
        _must_be_root("install writes to /etc and starts services")
        _must_be_seen(ROOT, Path(sys.executable).resolve(), context.config_path.resolve())
    if into == _SYSTEM:
        try:
            _provide(system, config, user)
        except CommandFailed as why:
            fail(str(why))
    changed = [file.path for file in files if system.write(file)]
    if in_earnest:
        _no_visit_is_cut_short(config)  # packages take a while
    if into == _SYSTEM:
        activation.start(SERVICES)
    done = "0 files written: a dry run" if dry_run else f"{len(changed)} of {len(files)} files written"
    _tell(activation, f"{done}{_and_twins(config)}")


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
    files = system_files(config, context.config_path, "nobody", ROOT)
    system = DryRun() if dry_run else System(into)
    activation = Activation(system)
    if into == _SYSTEM and not dry_run:
        _no_visit_is_cut_short(config)
        _must_be_root("uninstall removes files of /etc")
    if into == _SYSTEM:
        activation.stop(SERVICES)
    removed = [file.path for file in files if system.remove(file)]
    if into == _SYSTEM and removed:
        activation.notice()
    done = "0 files removed: a dry run" if dry_run else f"{len(removed)} files removed"
    _tell(activation, f"{done}; {config.station.data_dir} was left as it is")


def _no_visit_is_cut_short(config: Config) -> None:
    """Services that end take along what a visitor has answered so far."""
    if somebody_here(config.station.data_dir):
        fail("somebody is at the screen; run it again once they have left")


def _must_be_root(why: str) -> None:
    if os.geteuid() != 0:
        fail(f"{why}: run it as root, or with --dry-run")


def _must_be_seen(*paths: Path) -> None:
    """Services whose code or interpreter is hidden from them would be started and fail for ever."""
    for hidden in in_a_home(*paths):
        fail(
            f"{hidden} is in a home folder, which the services cannot see: put the code and kiosk.toml into "
            "/opt/bhxh-station and make its .venv there with Debian's python3 "
            "(rm -rf .venv; make setup PYTHON=/usr/bin/python3)"
        )


_CODE = ("kiosk", "hardware", "sync")


def _provide(system: System | DryRun, config: Config, user: str) -> None:
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


def _tell(activation: Activation, summary: str) -> None:
    """Say what was done, what waits for the next boot and what must be looked at."""
    click.echo("\n".join((summary, *activation.waits)))
    if activation.faults:
        fail("\n".join(activation.faults))


def _and_twins(config: Config) -> str:
    """A station whose camera is a folder of pictures should not go unnoticed."""
    twins = config.twins
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

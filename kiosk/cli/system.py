"""The system that `kiosk install` changes, or only says how it would."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from kiosk.installation import SystemFile


class CommandFailed(Exception):
    """A command of the system failed; the message is the command and its own words."""


@dataclass(frozen=True, slots=True)
class System:
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
        """Run a command of the system.

        Errors: CommandFailed, also when there is no such program.
        """
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        except OSError as why:
            raise CommandFailed(f"{command[0]} cannot be run: {why.strerror}") from why
        if done.returncode:
            said = done.stderr.strip() or done.stdout.strip()
            raise CommandFailed(f"{' '.join(command)} failed: {said}")


@dataclass(frozen=True, slots=True)
class DryRun:
    """Says what would be done."""

    root: Path = Path("/")

    def write(self, file: SystemFile) -> bool:
        """Show the file."""
        click.echo(f"\n# /{file.path} (mode {file.mode:o})\n{file.content}", nl=False)
        return True

    def remove(self, file: SystemFile) -> bool:
        """Name the file, if it is there."""
        was_there = (self.root / file.path).exists()
        if was_there:
            click.echo(f"remove /{file.path}")
        return was_there

    def run(self, command: Sequence[str]) -> None:
        """Show the command."""
        click.echo(f"run {' '.join(command)}")

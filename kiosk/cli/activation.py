"""What was written counts now where systemd and udev run; in an image or a container, after the next boot."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from kiosk.cli.system import CommandFailed, DryRun, System

_SYSTEMD = Path("run/systemd/system")
"""There while systemd runs. Source: sd_booted(3)."""
_UDEV = Path("run/udev/control")
"""The socket at which udevd is asked to read its rules anew."""

_OF_OUR_RULES = ("usb", "usbmisc", "tty", "video4linux")
"""Subsystems of the devices that the rules are about; sticks are left alone, mounting begins with a plug."""

_NO_SYSTEMD = "systemd does not run here: services and the limits of its log change with the next boot"
_NO_UDEV = "udev does not run here: the device rules change with the next boot"
_NO_SYSTEMCTL = (
    "there is no systemctl here: no service starts by itself until this was run where there is one"
)


class Activation:
    """Has the system take notice.

    Shape: `waits` is what could not be done here and when it will count, `faults` what a part that runs
           refused: sentences.
    """

    def __init__(self, system: System | DryRun) -> None:
        self.waits: list[str] = []
        self.faults: list[str] = []
        self._system = system
        self._has_systemd = (system.root / _SYSTEMD).is_dir()
        self._has_udev = (system.root / _UDEV).exists()

    def start(self, services: Sequence[str]) -> None:
        """Let each boot start what was written, and start it now, anew if it runs."""
        self.notice()
        units = [_unit(name) for name in services]
        if shutil.which("systemctl"):
            self._run("systemctl", "enable", *units)
        else:
            self.waits.append(_NO_SYSTEMCTL)
        if self._has_systemd:
            self._run("systemctl", "restart", *units)

    def stop(self, services: Sequence[str]) -> None:
        """Before the files go: end the services and let no boot start them."""
        units = [_unit(name) for name in services if self._is_written(name)]
        if units and self._has_systemd:
            self._run("systemctl", "stop", *units)
        if units and shutil.which("systemctl"):
            self._run("systemctl", "disable", *units)

    def notice(self) -> None:
        """Have units, device rules and the log's limits read anew."""
        if self._has_systemd:
            self._run("systemctl", "daemon-reload")
            self._run("systemctl", "try-restart", "systemd-journald.service")
        else:
            self.waits.append(_NO_SYSTEMD)
        if self._has_udev:
            self._run("udevadm", "control", "--reload")
            # Read anew, rules count for devices to come; this has them looked at for what is plugged in.
            self._run("udevadm", "trigger", *(f"--subsystem-match={each}" for each in _OF_OUR_RULES))
        else:
            self.waits.append(_NO_UDEV)

    def _is_written(self, name: str) -> bool:
        return (self._system.root / "etc/systemd/system" / _unit(name)).exists()

    def _run(self, *command: str) -> None:
        try:
            self._system.run(command)
        except CommandFailed as why:
            self.faults.append(str(why))


def _unit(name: str) -> str:
    return f"{name}.service"

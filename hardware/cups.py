"""A raw queue of CUPS as a wire to the slip printer."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess

from hardware.printer_wires import STALL_SECONDS, Wire

_ASK_SECONDS = 0.8  # a printer says how it is within a second


class CupsWire:
    """A raw queue: a slip that breaks off never reaches it, and nothing comes back."""

    two_way = False

    def __init__(self, queue: str, stall_seconds: float) -> None:
        self._queue = queue
        self._stall_seconds = stall_seconds
        self._slip = b""

    def send(self, data: bytes) -> None:
        """Keep it for the end."""
        self._slip += data

    def receive(self, seconds: float) -> bytes:  # noqa: ARG002 - nothing ever comes
        """Nothing."""
        return b""

    def finish(self) -> None:
        """Hand the slip to the queue, from memory; TimeoutError when `lp` had it and did not come back."""
        command = ["lp", "-s", "-d", self._queue, "-o", "raw", "-t", "bien-nhan", "-"]
        try:
            subprocess.run(  # noqa: S603 - a fixed program, a queue named in kiosk.toml
                command, input=self._slip, capture_output=True, timeout=self._stall_seconds, check=True
            )
        except subprocess.CalledProcessError as why:
            raise OSError(errno.EIO, "the queue refuses") from why
        except subprocess.TimeoutExpired as why:
            raise TimeoutError(errno.ETIMEDOUT, "the queue does not answer") from why

    def close(self) -> None:
        """Forget what was not handed over."""
        self._slip = b""


def connect_cups(queue: str, *, stall_seconds: float = STALL_SECONDS) -> Wire:
    """Name a queue of CUPS on this machine; whether there is one shows when a slip is finished.

    Errors: FileNotFoundError without CUPS; ConnectionRefusedError for a queue that was stopped, which would
            keep the slip and print it some other day.
    """
    if not shutil.which("lp"):
        raise FileNotFoundError(errno.ENOENT, "CUPS is not on this machine")
    if _is_stopped(queue):
        raise ConnectionRefusedError(errno.ECONNREFUSED, "the queue was stopped")
    return CupsWire(queue, stall_seconds)


def _is_stopped(queue: str) -> bool:
    """Ask CUPS. Source: "printer NAME disabled since …" in the C locale, lpstat of CUPS 2.4."""
    try:
        said = subprocess.run(  # noqa: S603 - a fixed program, a queue named in kiosk.toml
            ["lpstat", "-p", queue],  # noqa: S607 - where CUPS is installed
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            timeout=_ASK_SECONDS,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False  # nobody to ask: the slip itself will tell
    return b" disabled since " in said.partition(b"\n")[0]

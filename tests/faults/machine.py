"""A machine inside this one, with systemd as its process 1; see machine.sh."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT
from tests.processes import descendants

_SCRIPT = Path(__file__).with_name("machine.sh")
_NAMESPACES = ("--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup")
_TOOLS = ("unshare", "nsenter", "systemctl", "ip", "pgrep")
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
PATIENCE_SECONDS = 90


class NoMachine(Exception):
    """It cannot be had here; the message says why."""


class Machine:
    """One that runs. Everything is asked of it by commands inside."""

    def __init__(self, process_one: int) -> None:
        self._process_one = str(process_one)

    def run(self, *command: str, stdin: str = "") -> str:
        """What a command inside says, whatever its exit code.

        Shape: the file system is this one's, copied; what is written stays inside.
        """
        enter = ["nsenter", "--target", self._process_one, *_NAMESPACES, "env", "-i", f"PATH={_PATH}"]
        done = subprocess.run([*enter, *command], input=stdin, capture_output=True, text=True, check=False)
        return (done.stdout + done.stderr).strip()

    def main_process(self, unit: str) -> int:
        """Whom systemd takes for the service; 0 while nobody is it."""
        return int(self.run("systemctl", "show", "--property=MainPID", "--value", unit))

    def workers(self, process: int) -> list[str]:
        """Its children."""
        return self.run("pgrep", "--parent", str(process)).split()

    def await_active(self, unit: str, *, other_than: int = 0) -> int:
        """Wait until the service says that it is ready; return its main process, which is a new one."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            process = self.main_process(unit)
            if process not in (0, other_than) and self.run("systemctl", "is-active", unit) == "active":
                return process
            assert time.monotonic() < until, self.run(
                "journalctl", "--no-pager", "--lines=20", "--unit", unit
            )
            time.sleep(0.2)


@contextmanager
def a_machine() -> Iterator[Machine]:
    """Start one; it is gone at the end of the block.

    Errors: NoMachine.
    """
    if os.geteuid() != 0:
        raise NoMachine("only root may start one")
    if missing := [each for each in _TOOLS if not shutil.which(each)]:
        raise NoMachine(f"{missing[0]} is not on this machine")
    folder = tempfile.mkdtemp(prefix="machine-")
    script = subprocess.Popen(
        ["bash", _SCRIPT, folder], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        machine = Machine(_process_one(script))
        until = time.monotonic() + PATIENCE_SECONDS
        while (state := machine.run("systemctl", "is-system-running")) not in ("running", "degraded"):
            if time.monotonic() > until:
                raise NoMachine(f"systemd does not come up: {state}")
            time.sleep(0.2)
        yield machine
    finally:
        for process in descendants(script.pid):
            if _is_process_one(process):
                os.kill(process, signal.SIGKILL)  # the kernel ends everybody else inside
        script.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _process_one(script: subprocess.Popen[str]) -> int:
    until = time.monotonic() + PATIENCE_SECONDS
    while script.poll() is None and time.monotonic() < until:
        if found := [each for each in descendants(script.pid) if _is_process_one(each)]:
            return found[0]
        time.sleep(0.05)
    script.kill()
    raise NoMachine(f"no namespaces or mounts of our own here: {script.communicate()[1].strip()}")


def _is_process_one(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/comm").read_text() == "systemd\n"
    except OSError:
        return False

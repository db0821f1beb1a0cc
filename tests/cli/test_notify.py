"""serve and sync tell systemd that they are ready, and that they live only as long as they do their work."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.store import database
from tests.conftest import ROOT
from tests.processes import free_port
from tests.stations import enrol

pytestmark = pytest.mark.slow


@contextmanager
def watched(folder: Path, *command: str) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """A command as systemd starts it, and what it says."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(folder / "notify"))
        systemd.settimeout(30)
        environment = os.environ | {"NOTIFY_SOCKET": str(folder / "notify")}
        whole = [sys.executable, "-m", "kiosk", "--data", str(folder), *command]
        process = subprocess.Popen(whole, cwd=ROOT, env=environment, start_new_session=True)
        try:
            yield process, systemd
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def falls_silent(process: subprocess.Popen[bytes], systemd: socket.socket) -> None:
    os.killpg(process.pid, signal.SIGSTOP)
    systemd.settimeout(6.5)  # longer than either lets pass between two signs
    with pytest.raises(TimeoutError):
        while True:
            systemd.recv(100)


def test_a_screen_that_hangs_falls_silent(tmp_path: Path) -> None:
    enrol(tmp_path)
    with watched(tmp_path, "serve", "--port", str(free_port())) as (process, systemd):
        assert systemd.recv(100).startswith(b"READY=1")
        assert systemd.recv(100) == b"WATCHDOG=1"
        falls_silent(process, systemd)


def test_a_postman_lives_without_a_line_and_falls_silent_when_he_hangs(tmp_path: Path) -> None:
    enrol(tmp_path)
    database.prepare(tmp_path / "station" / "station.db")
    with watched(tmp_path, "sync", "--central", f"http://127.0.0.1:{free_port()}") as (process, systemd):
        assert systemd.recv(100) == b"READY=1"
        assert [systemd.recv(100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
        falls_silent(process, systemd)

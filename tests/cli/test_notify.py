"""serve tells systemd that it is ready, and that it lives only as long as it answers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.processes import free_port, wait_until_answers
from tests.stations import enrol


@pytest.mark.slow
def test_a_station_that_hangs_falls_silent(tmp_path: Path) -> None:
    enrol(tmp_path)
    port = free_port()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        environment = os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        command = [sys.executable, "-m", "kiosk", "--data", str(tmp_path), "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        try:
            wait_until_answers(f"http://127.0.0.1:{port}/", process)
            said = [systemd.recv(100), systemd.recv(100)]
            assert said[0].startswith(b"READY=1")
            assert said[1] == b"WATCHDOG=1"
            os.killpg(process.pid, signal.SIGSTOP)
            systemd.settimeout(6.5)  # longer than it lets pass between two signs
            with pytest.raises(TimeoutError):
                while True:
                    systemd.recv(100)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

"""Real processes for tests: the demo as a user starts it, stopped or killed at will."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.conftest import ROOT


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def run_kiosk(*arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Run one command of the station to its end."""
    return _run("kiosk", *arguments, timeout=timeout)


def run_central(*arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Run one command of central to its end."""
    return _run("sync.central", *arguments, timeout=timeout)


def _run(module: str, *arguments: str, timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def wait_until_answers(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    with httpx.Client(timeout=2, verify=False) as client:  # a context for TLS takes 20 ms
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise AssertionError(f"process ended with {process.returncode} before {url} answered")
            try:
                client.get(url)
            except httpx.HTTPError:
                time.sleep(0.01)
            else:
                return
    raise AssertionError(f"{url} did not answer in {seconds} s")


def descendants(pid: int) -> list[int]:
    """Children of a process and theirs; empty when it has ended."""
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return children + [each for child in children for each in descendants(child)]


def worker_of(server: int) -> int | None:
    """The process of a server that answers: a child of the same command line."""
    return next((each for each in descendants(server) if _cmdline(each) == _cmdline(server)), None)


def _cmdline(pid: int) -> bytes | None:
    """None when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return None


def write_settings(folder: Path, changes: dict[str, str]) -> Path:
    """kiosk.toml of the checkout with these texts replaced, in another folder."""
    text = (ROOT / "kiosk.toml").read_text("utf-8")
    for setting, instead in {'"kiosk/': f'"{ROOT}/kiosk/', **changes}.items():
        assert setting in text, setting
        text = text.replace(setting, instead)
    path = folder / "kiosk.toml"
    path.write_text(text, "utf-8")
    return path


def with_printer(port: int) -> dict[str, str]:
    """What changes in kiosk.toml for a network printer on this machine."""
    return {
        'driver = "sim" ': 'driver = "network" ',
        'address = ".demo/slips"': f'address = "127.0.0.1:{port}"',
    }


@dataclass
class House:
    """A station and its central as processes of their own, all under one folder."""

    data: Path
    station_port: int = field(default_factory=free_port)
    central_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    config: Path = ROOT / "kiosk.toml"
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def station_url(self) -> str:
        return f"http://127.0.0.1:{self.station_port}"

    @property
    def central_url(self) -> str:
        return f"http://127.0.0.1:{self.central_port}"

    def start(self, *names: str) -> None:
        for name in names:
            with (self.data / f"{name}.out").open("ab") as out:
                process = subprocess.Popen(
                    [sys.executable, *self._arguments(name)],
                    cwd=ROOT,
                    env=os.environ | self.environment,
                    start_new_session=True,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                )
            self.processes[name] = process
            if name != "sync":
                url = self.station_url if name == "serve" else self.central_url
                wait_until_answers(f"{url}/", process)

    def stop(self, *names: str) -> None:
        for name in names or tuple(self.processes):
            process = self.processes.pop(name, None)
            if process is not None:
                process.terminate()
                process.wait(15)

    def kill(self, name: str) -> None:
        """As the power does it: the whole group, at once."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(15)

    def kiosk(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_kiosk("--data", str(self.data), *arguments)

    def central(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command, *rest = arguments
        return run_central(command, "--data", str(self.data / "central"), *rest)

    def _arguments(self, name: str) -> Sequence[str]:
        kiosk = ["-m", "kiosk", "--config", str(self.config), "--data", str(self.data)]
        return {
            "serve": [*kiosk, "serve", "--port", str(self.station_port)],
            "sync": [*kiosk, "sync", "--central", self.central_url],
            "central": [
                *("-m", "sync.central", "serve", "--data", str(self.data / "central")),
                *("--host", "127.0.0.1", "--port", str(self.central_port)),
            ],
        }[name]

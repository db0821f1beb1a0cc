"""kill -9 of serve, of the one process that systemd knows: nobody is left who could hold a device."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import httpx
import pytest

from tests.processes import House, descendants
from tests.stations import a_photograph, enrol

pytestmark = pytest.mark.fault


def test_a_killed_serve_leaves_no_process_and_no_descriptor(tmp_path: Path) -> None:
    enrol(tmp_path)
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "000.jpg").write_bytes(a_photograph(1))
    house = House(tmp_path)
    house.start("serve")
    with httpx.Client(base_url=house.station_url, follow_redirects=True, timeout=60) as client:
        for path, answers in (
            ("/start", {}),
            ("/check/account", {"answer": "yes"}),
            ("/check/card", {"answer": "yes"}),
            ("/consent/", {"answer": "yes"}),
            ("/guardian/look", {"pressed": "1"}),
        ):
            client.post(path, data=answers)
    family = descendants(house.processes["serve"].pid)
    assert len(family) >= 2, "the worker that owns the camera, and the reader of codes"
    assert _holders(tmp_path / "desk"), "the camera is in use"
    serve = house.processes.pop("serve")
    serve.send_signal(signal.SIGKILL)  # it alone, not its group
    serve.wait(5)
    until = time.monotonic() + 5
    while any(_alive(pid) for pid in family) or _holders(tmp_path / "desk"):
        assert time.monotonic() < until, "somebody outlived serve"
        time.sleep(0.05)
    house.start("serve")  # the port, the lock and the camera are free again
    house.stop()


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _holders(folder: Path) -> list[str]:
    """Who has the twin camera's folder open."""
    found = []
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if descriptor.readlink().is_relative_to(folder):
                found.append(descriptor.parts[2])
        except OSError:
            continue
    return found

from __future__ import annotations

import subprocess
import sys

import pytest

from sync.wake import doorbell, ring
from tests.conftest import ROOT

NEVER = 3600.0


def test_ringing_where_nobody_listens_harms_nothing(tmp_path):
    ring(tmp_path)
    ring(tmp_path / "nowhere")
    with doorbell(tmp_path) as bell:
        for _ in range(5000):
            ring(tmp_path)
        bell.wait(NEVER)
        bell.wait(0.0)
    ring(tmp_path)


def test_a_bell_hangs_at_the_end_of_a_long_path(tmp_path):
    deep = tmp_path / ("x" * 100) / ("y" * 100)
    deep.mkdir(parents=True)
    with doorbell(deep) as bell:
        assert (deep / "postman.sock").stat().st_mode & 0o777 == 0o600
        ring(deep)
        bell.wait(NEVER)


LISTEN = """
import subprocess, sys, time
from pathlib import Path
from sync.wake import doorbell
with doorbell(Path(sys.argv[1])) as bell:
    assert bell.wait(0.0) is False
    began = time.monotonic()
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["ip", "address", "add", "192.0.2.7/24", "dev", "lo"], check=True)
    assert bell.wait(60.0) is True, "a way has opened"
    assert time.monotonic() - began < 30, "not the time was up"
    while bell.wait(0.2):
        pass
    subprocess.run(["ip", "address", "del", "192.0.2.7/24", "dev", "lo"], check=True)
    assert bell.wait(0.5) is False, "a way that closes is no reason to knock"
"""

ASK = """
import sys
from sync.faults import Unreachable
from sync.line import open_line

try:
    open_line(sys.argv[1], 5.0).ask("GET", "/v1/keys", expect={200})
except Unreachable as why:
    print(why.fault)
"""


def alone_on_earth(*arguments):
    """Run Python in a network of its own, with nothing but a dead loopback in it."""
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "ip", "link"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespaces here, or no ip")
    command = [*alone, sys.executable, "-c", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.fault
@pytest.mark.parametrize("url", ["http://central.example", "http://192.0.2.1", "https://[2001:db8::1]"])
def test_without_any_network_it_is_not_the_names_fault(url):
    done = alone_on_earth(ASK, url)
    assert (done.stdout, done.stderr) == ("no-network\n", "")


@pytest.mark.fault
def test_the_postman_hears_that_the_line_comes_up(tmp_path):
    done = alone_on_earth(LISTEN, str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")

"""A bad 3G line between two network namespaces: our goodput beside curl's on the same files.

Made by the kernel's netem, or, where the kernel has none, by tests.bench._emulated in user space.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sync.outbox import State
from tests.conftest import ROOT
from tests.sync.cutting import cutting
from tests.sync.endurance import deliver_all
from tests.sync.world import AStation, a_station, bytes_of, central_process

NEAR, FAR = "bhxh-near", "bhxh-far"
NEAR_IP, FAR_IP = "10.99.0.1", "10.99.0.2"
LINE = "delay 150 ms, loss 5 %, 2 Mbit/s"
NETEM = "delay 150ms loss 5% rate 2mbit limit 1000"
"""The same as tests.bench._emulated has it: RTT 300 ms."""

PHOTO_BYTES = 300_000
CENTRAL_PORT, SINK_PORT = 8081, 8082
WANTED = 0.9

ROUND = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from sync import outbox
from sync.durable import open_db
from sync.postman import PostmanSettings, drain_once
settings = PostmanSettings(Path(sys.argv[1]), sys.argv[2], 5.0, 60.0)
waiting = 1
while waiting:
    done = drain_once(settings, lambda: datetime.now(UTC))
    with open_db(settings.station / "station.db") as db:
        waiting = outbox.counts(db).waiting
    if waiting:
        print("again:", done, file=sys.stderr)
"""
SINK = """
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_PUT(self):
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, 65536)))
        self.send_response(204)
        self.end_headers()
    def log_message(self, *_):
        pass
ThreadingHTTPServer(("0.0.0.0", 8082), Sink).serve_forever()
"""


def run(full: bool) -> None:
    """Print both goodputs and their ratio, then what a cut wastes; say so where nothing can be proven."""
    with tempfile.TemporaryDirectory() as folder:
        _goodput(Path(folder), 20 if full else 3)
    with tempfile.TemporaryDirectory() as folder:
        _wasted(Path(folder), 20 if full else 3)


def _goodput(folder: Path, number: int) -> None:
    why = _why_not()
    if why:
        print(f"lossy line: NOT PROVEN here: {why}")
        return
    station = a_station(folder / "station", folder / "central")
    sealed = [station.seals(*_photos(seed)) for seed in range(number)]
    files = [station.parcels.part_path(part.sha256) for each in sealed for part in each.parts]
    copies = [Path(shutil.copy(path, folder)) for path in files]  # ours are removed once they have arrived
    size = sum(path.stat().st_size for path in copies)
    print(f"{number} declarations of 4 x {PHOTO_BYTES // 1000} kB, each way {LINE}, control {_control()}")
    with _namespaces() as made_by:
        print(f"line made by: {made_by}", flush=True)
        curl = _curl_seconds(copies)
        ours = _our_seconds(folder, station)
        assert all(station.entry(each).state is State.DELIVERED for each in sealed)
    _row("curl, two connections, PUT to a sink", size, curl)
    _row("kiosk sync, two at a time", size, ours)
    ratio = curl / ours
    print(f"ratio of goodputs {ratio:.2f}, wanted at least {WANTED}: {'ok' if ratio >= WANTED else 'MISSED'}")


def _photos(seed: int) -> list[bytes]:
    return [bytes_of(PHOTO_BYTES, seed * 4 + at + 1) for at in range(4)]


def _row(name: str, size: int, seconds: float) -> None:
    print(f"{name:<40} {seconds:7.1f} s  {size * 8 / seconds / 1000:7.0f} kbit/s", flush=True)


def _why_not() -> str:
    if os.geteuid() != 0:
        return "needs root"
    missing = [name for name in ("ip", "tc", "curl") if shutil.which(name) is None]
    if missing:
        return f"needs {', '.join(missing)}"
    try:
        with _namespaces():
            return ""
    except (subprocess.CalledProcessError, OSError) as why:
        return f"no network namespaces, or neither netem nor /dev/net/tun ({why})"


def _control() -> str:
    """The congestion control our line gets; curl takes the namespace's, which is set to the same."""
    with socket.socket() as attempt:
        with suppress(OSError):
            attempt.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
        return attempt.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16).rstrip(b"\0").decode()


@contextmanager
def _namespaces() -> Iterator[str]:
    """Lay the line between two namespaces; say what it is made of."""
    try:
        for name in (NEAR, FAR):
            _do(f"ip netns add {name}")
            _do(f"ip -n {name} link set lo up")
            _do(f"ip netns exec {name} sysctl -q -w net.ipv4.tcp_congestion_control={_control()}")
        try:
            _lay_netem()
        except subprocess.CalledProcessError:
            _do(f"ip -n {NEAR} link delete v-near")
            with _emulated():
                yield "user-space emulator (this kernel has no netem)"
        else:
            yield "netem"
    finally:
        for name in (NEAR, FAR):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


def _lay_netem() -> None:
    _do(f"ip link add v-near netns {NEAR} type veth peer name v-far netns {FAR}")
    for name, end, address in ((NEAR, "v-near", NEAR_IP), (FAR, "v-far", FAR_IP)):
        _do(f"ip -n {name} address add {address}/24 dev {end}")
        _do(f"ip -n {name} link set {end} up")
        _do(f"ip netns exec {name} tc qdisc add dev {end} root netem {NETEM}")


@contextmanager
def _emulated() -> Iterator[None]:
    command = [sys.executable, "-m", "tests.bench._emulated", NEAR, FAR]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != b"up\n":
                raise OSError("no TUN device")
            yield
        finally:
            process.terminate()


def _do(command: str) -> None:
    subprocess.run(command.split(), check=True, capture_output=True)


@contextmanager
def _serving(port: int, *arguments: str) -> Iterator[None]:
    process = subprocess.Popen(["ip", "netns", "exec", FAR, sys.executable, *arguments], cwd=ROOT)
    try:
        probe = ["ip", "netns", "exec", FAR, "curl", "-s", "-o", "/dev/null", f"http://127.0.0.1:{port}/"]
        while subprocess.run(probe, check=False).returncode:
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def _curl_seconds(files: list[Path]) -> float:
    uploads = [
        each for path in files for each in ("-T", str(path), f"http://{FAR_IP}:{SINK_PORT}/{path.name}")
    ]
    command = [
        "ip",
        "netns",
        "exec",
        NEAR,
        "curl",
        "-sS",
        "--no-progress-meter",
        "-Z",
        "--parallel-max",
        "2",
        *uploads,
    ]
    with _serving(SINK_PORT, "-c", SINK):
        began = time.perf_counter()
        subprocess.run(command, check=True)
        return time.perf_counter() - began


def _our_seconds(folder: Path, station: AStation) -> float:
    serve = ["-m", "sync.central", "serve", "--data", str(folder / "central"), "--host", "0.0.0.0"]
    command = ["ip", "netns", "exec", NEAR, sys.executable, "-c", ROUND, str(station.folder)]
    with _serving(CENTRAL_PORT, *serve, "--port", str(CENTRAL_PORT)):
        began = time.perf_counter()
        subprocess.run([*command, f"http://{FAR_IP}:{CENTRAL_PORT}"], check=True, cwd=ROOT)
        return time.perf_counter() - began


def _wasted(folder: Path, number: int) -> None:
    """How many bytes were sent twice because of a cut, over loopback, cut at random."""
    station = a_station(folder / "station", folder / "central")
    for seed in range(number):
        station.seals(*_photos(seed))
    with central_process(folder / "central") as central, cutting(central.port, seed=number) as line:
        deliver_all(line, station)
    wasted = sorted(line.wasted)
    print(f"\n{len(wasted)} cuts in mid-upload: sent twice at most {wasted[-1] / 1024:.1f} kB", end="")
    print(f", median {wasted[len(wasted) // 2] / 1024:.1f} kB; wanted at most 64 kB")

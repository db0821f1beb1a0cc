"""A school day at speed: visit after visit by real HTTP, and what it leaves in each process."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from kiosk.rehearsal import lay_family_desk
from tests.conftest import ROOT
from tests.processes import House
from tests.stations import enrol, station_config

PHONE = "0912 345 678"
WARM_UP = 0.2  # of the day: caches, pools and allocators are as large as they get


@dataclass(frozen=True)
class Weight:
    """What one process holds. Units: kB resident."""

    rss_kb: int
    threads: int
    descriptors: int


def run(full: bool) -> None:
    """Print memory, threads and descriptors after the first fifth of 300 visits and after the last."""
    visits = 300 if full else 15
    with _house() as house:
        began, first = time.perf_counter(), {}
        for number in range(visits):
            _visit(house)
            if number == int(WARM_UP * visits):
                first = _weights(house)
        _wait_until_sent(house)
        last = _weights(house)
        left = [path.name for path in (house.data / "station").rglob("*.tmp")]
        seconds = time.perf_counter() - began
    print(f"{visits} visits in {seconds:.0f} s, 0 errors, {len(left)} files left over")
    for name, now in last.items():
        before = first[name]
        grown = 100 * (now.rss_kb - before.rss_kb) / before.rss_kb
        memory = f"{name:8s} {now.rss_kb / 1024:6.1f} MB ({grown:+.1f} %)"
        threads = f"threads {before.threads} -> {now.threads}"
        print(f"{memory}, {threads}, descriptors {before.descriptors} -> {now.descriptors}")


@contextmanager
def _house() -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        enrol(data)
        lay_family_desk(data / "desk", ROOT / "static" / "fonts", station_config(data).camera)
        house = House(data)
        house.start("central", "serve", "sync")
        try:
            yield house
        finally:
            house.stop()


def _visit(house: House) -> None:
    with httpx.Client(base_url=house.station_url, follow_redirects=True, timeout=60) as client:

        def sends(path: str, **answers: str) -> httpx.Response:
            answer = client.post(path, data=answers)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            return answer

        sends("/start")
        sends("/check/account", answer="yes")
        sends("/check/card", answer="yes")
        sends("/consent/", answer="yes")
        for step in ("guardian", "child"):
            client.get(f"/{step}/")
            while client.post(f"/{step}/look", data={"pressed": "1"}).status_code == 422:
                time.sleep(0.2)  # the card is being laid down
            sends(f"/{step}/")
        sends("/contact/phone", phone=PHONE)
        sends("/contact/relationship", relationship="mother")
        sends("/contact/address")
        for step in ("certificate", "portrait"):
            client.get(f"/{step}/")
            sends(f"/{step}/shoot")
            while client.post(f"/{step}/").status_code == 422:
                sends(f"/{step}/shoot")  # the paper was still being laid down
        sends("/agency/", agency="07918")
        sends("/ask/delivery", answer="in-person")
        assert "receipt" in str(sends("/pledge/").url)
        sends("/leave")


def _wait_until_sent(house: House) -> None:
    while "waiting" in house.kiosk("queue", "--language", "en").stdout.replace(" 0 waiting", ""):
        time.sleep(0.5)


def _weights(house: House) -> dict[str, Weight]:
    return {name: _weight(process.pid) for name, process in house.processes.items()}


def _weight(pid: int) -> Weight:
    """Of the process that works: a server's one worker, or the process itself."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    workers = [each for each in children if _cmdline(each) == _cmdline(str(pid))]
    folder = Path(f"/proc/{(workers or [pid])[0]}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    descriptors = len(list((folder / "fd").iterdir()))
    return Weight(int(status["VmRSS"].split()[0]), int(status["Threads"]), descriptors)


def _cmdline(pid: str) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()

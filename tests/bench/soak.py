"""A school day at speed: visit after visit by real HTTP, and what it leaves in each process.

Nobody lays anything down here and no browser runs: what the twin camera sees lies still, so that the first
look reads a card and the first photograph is good. Everything behind the address is as at the counter:
decoding, judging, tesseract, sealing, the slip on the twin printer, the postman and central.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

import click
import httpx

from kiosk.rehearsal import lay_family_desk
from tests.conftest import ROOT
from tests.processes import House, worker_of
from tests.stations import enrol, station_config

PHONE = "0912 345 678"
WARM_UP = 0.5
"""Of the day: caches, pools and allocators are as large as they get.

Source: `kiosk sync` with 900 declarations of 1.2 MB: 73 MB at first, 77 from the 540th to the last.
"""
AT_ONCE = 10  # visits of which the least is compared: a picture that is just being judged is no growth
MOST_GROWTH = 5.0  # percent
VISITS_A_LEAK = 20  # a thread or socket left by each so many; fewer are a pool that fills


@dataclass(frozen=True)
class Weight:
    """What one process holds. Units: kB resident."""

    rss_kb: int
    threads: int
    descriptors: int


def run(full: bool) -> None:
    """Print memory, threads and descriptors after the first half of 300 visits and after the last.

    Ends with an error where something grew or was left over.
    """
    visits = 300 if full else 15
    weighed: list[dict[str, Weight]] = []
    with _house() as house:
        began = time.perf_counter()
        for number in range(visits):
            _visit(house, reads_the_form=number % 10 == 0)
            weighed.append(_weights(house))
            if number % 50 == 49:
                print(f"{number + 1} visits in {time.perf_counter() - began:.0f} s", flush=True)
        seconds = time.perf_counter() - began
        _wait_until_sent(house)
        left = [path.name for path in (house.data / "station").rglob("*.tmp")]
    print(f"{visits} visits in {seconds:.0f} s, 0 errors, {len(left)} files left over")
    warm, span = int(WARM_UP * visits), min(AT_ONCE, visits // 3)
    grew = [_grew(name, weighed[warm : warm + span], weighed[-span:], visits) for name in weighed[0]]
    if left or any(grew):
        raise click.ClickException("the day left something behind")


def _grew(name: str, early: list[dict[str, Weight]], late: list[dict[str, Weight]], visits: int) -> bool:
    """Print one process; say whether it holds more than it did."""
    before, now = _least([each[name] for each in early]), _least([each[name] for each in late])
    grown = 100 * (now.rss_kb - before.rss_kb) / before.rss_kb
    most = max(each[name].rss_kb for each in late) / 1024
    memory = f"{name:8s} {now.rss_kb / 1024:6.1f} MB ({grown:+.1f} %), at most {most:.1f} MB"
    threads = f"threads {before.threads} -> {now.threads}"
    print(f"{memory}, {threads}, descriptors {before.descriptors} -> {now.descriptors}")
    left = max(now.threads - before.threads, now.descriptors - before.descriptors)
    return grown > MOST_GROWTH or left * VISITS_A_LEAK > visits


def _least(weights: list[Weight]) -> Weight:
    return Weight(*map(min, zip(*map(astuple, weights), strict=True)))


@contextmanager
def _house() -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        enrol(data)
        lay_family_desk(data / "desk", ROOT / "static" / "fonts", station_config(data).camera)
        _hold_still(data / "desk")
        house = House(data)
        house.start("central", "serve", "sync")
        try:
            yield house
        finally:
            house.stop()


def _hold_still(desk: Path) -> None:
    """Keep of each row the picture that is shown most often: the thing lies there, and the hand is gone."""
    for folder in {path.parent for path in desk.rglob("*.jpg")}:
        row = sorted(folder.glob("*.jpg"))
        lying = max(row, key=lambda picture: picture.stat().st_nlink)
        for picture in row:
            if picture != lying:
                picture.unlink()
        lying.rename(row[0])


def _visit(house: House, *, reads_the_form: bool) -> None:
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
                time.sleep(0.05)  # the camera is still looking at what came before
            sends(f"/{step}/")
        sends("/contact/phone", phone=PHONE)
        sends("/contact/relationship", relationship="mother")
        sends("/contact/address")
        for step in ("certificate", "portrait"):
            client.get(f"/{step}/")
            sends(f"/{step}/shoot")
            while client.post(f"/{step}/").status_code == 422:
                sends(f"/{step}/shoot")  # the camera still showed what came before
        sends("/agency/", agency="07918")
        sends("/ask/delivery", answer="in-person")
        if reads_the_form:
            client.get("/paper/1.png").raise_for_status()
        assert "receipt" in str(sends("/pledge/").url)
        sends("/leave")


def _wait_until_sent(house: House) -> None:
    while "waiting" in house.kiosk("queue", "--language", "en").stdout.replace(" 0 waiting", ""):
        time.sleep(0.5)


def _weights(house: House) -> dict[str, Weight]:
    return {name: _weight(process.pid) for name, process in house.processes.items()}


def _weight(pid: int) -> Weight:
    """Of the process that works: a server's one worker, or the process itself."""
    folder = Path(f"/proc/{worker_of(pid) or pid}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    descriptors = len(list((folder / "fd").iterdir()))
    return Weight(int(status["VmRSS"].split()[0]), int(status["Threads"]), descriptors)

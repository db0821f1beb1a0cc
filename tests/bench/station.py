"""What a pledge, a page and a start cost, each beside the least that any program would pay."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from kiosk.actions.submit import submit
from kiosk.visits import Settings
from sync.durable import write_durably
from tests.conftest import ROOT
from tests.stations import a_draft, open_station


def run(full: bool) -> None:
    rounds = 100 if full else 10
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        _pledges(Path(folder), rounds)
        _pages(Path(folder), rounds * 5)
    _starts(5 if full else 2)


def _pledges(data: Path, rounds: int) -> None:
    """Two photographs of 300 kB: sealing, parts, manifest and one commit, against writing the same bytes once."""
    with open_station(data) as opened:
        station = opened.station
        photograph = bytes(range(256)) * 1200
        ours, bare = [], []
        for number in range(rounds):
            draft = a_draft(station.procedure, number * 10)
            draft = _with_bytes(draft, photograph)
            visit = station.visits.begin(draft, Settings())
            ours.append(_milliseconds(lambda visit=visit: submit(station, visit)))
            bare.append(
                _milliseconds(lambda number=number: write_durably(data / f"{number}", photograph * 2))
            )
    _row("pledge commit / bare write + fsync", ours, bare)


def _with_bytes(draft, photograph):
    from dataclasses import replace

    return replace(draft, captures=tuple(replace(each, jpeg=photograph) for each in draft.captures))


def _pages(data: Path, rounds: int) -> None:
    empty = Flask("empty")
    empty.add_url_rule("/", view_func=lambda: "")
    with open_station(data) as opened:
        station, nothing = opened.app.test_client(), empty.test_client()
        ours = [_milliseconds(lambda: station.get("/")) for _ in range(rounds)]
        bare = [_milliseconds(lambda: nothing.get("/")) for _ in range(rounds)]
    _row("start page / empty Flask view", ours, bare)


def _starts(rounds: int) -> None:
    ours = [
        _milliseconds(lambda: _python("import kiosk.cli.open_station, kiosk.cli.serve"))
        for _ in range(rounds)
    ]
    bare = [_milliseconds(lambda: _python("import flask, cv2")) for _ in range(rounds)]
    _row("imports of serve / import flask, cv2", ours, bare)


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _row(name: str, ours: list[float], bare: list[float]) -> None:
    mine, least = statistics.median(ours), statistics.median(bare)
    print(f"{name:<40} {mine:8.2f} ms  {least:8.2f} ms  ratio {mine / least:6.1f}", flush=True)

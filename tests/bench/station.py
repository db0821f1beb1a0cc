"""What a pledge, a page and a start cost, each beside the least that any program would pay."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask

from kiosk.actions.submit import submit
from kiosk.domain.draft import Draft
from kiosk.domain.procedures import Procedure
from kiosk.visits import Settings
from sync.durable import write_durably
from tests.conftest import ROOT
from tests.processes import House, free_port, with_printer, write_settings
from tests.stations import a_draft, enrol, open_station

PHOTOGRAPH = bytes(range(256)) * 1200  # 300 kB, as a birth certificate is sealed


def run(full: bool) -> None:
    rounds = 100 if full else 10
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        _pledges(Path(folder), rounds)
        _pages(Path(folder), rounds * 5)
    _starts(5 if full else 2)


def _pledges(data: Path, rounds: int) -> None:
    """Two photographs: PIN, sealing, parts, manifest and one commit, against writing the same bytes once."""
    ours, bare = [], []
    with open_station(data) as opened:
        station = opened.station
        for number in range(rounds):
            visit = station.visits.begin(_draft(station.procedures.first, number * 10), Settings())
            ours.append(_milliseconds(lambda visit=visit: submit(station, visit)))
            path = data / f"bare-{number}"
            bare.append(_milliseconds(lambda path=path: write_durably(path, PHOTOGRAPH * 2)))
    _row("pledge commit / bare write + fsync", ours, bare)


def _draft(procedure: Procedure, seed: int) -> Draft:
    draft = a_draft(procedure, seed)
    return replace(draft, captures=tuple(replace(each, jpeg=PHOTOGRAPH) for each in draft.captures))


def _pages(data: Path, rounds: int) -> None:
    empty = Flask("empty")
    empty.add_url_rule("/", view_func=lambda: "")
    nothing = empty.test_client()
    with open_station(data) as opened:
        screen = opened.app.test_client()
        ours = [_milliseconds(lambda: screen.get("/")) for _ in range(rounds)]
        bare = [_milliseconds(lambda: nothing.get("/")) for _ in range(rounds)]
    _row("start page / empty Flask view", ours, bare)


def _starts(rounds: int) -> None:
    serve = "import kiosk.cli.serve, kiosk.cli.open_station"
    ours = [_milliseconds(lambda: _python(serve)) for _ in range(rounds)]
    bare = [_milliseconds(lambda: _python("import flask, cv2")) for _ in range(rounds)]
    _row("imports of serve / import flask, cv2", ours, bare)
    with tempfile.TemporaryDirectory() as folder:
        enrol(Path(folder))
        at_a_counter = write_settings(Path(folder), with_printer(free_port()))  # the twin draws slips
        ours = [_milliseconds_to_a_page(House(Path(folder), config=at_a_counter)) for _ in range(rounds)]
    _row("first page of serve / import flask, cv2", ours, bare)


def _milliseconds_to_a_page(house: House) -> float:
    try:
        return _milliseconds(lambda: house.start("serve"))
    finally:
        house.stop()


def _python(code: str) -> None:
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, env=compiled)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _row(name: str, ours: list[float], bare: list[float]) -> None:
    mine, least = statistics.median(ours), statistics.median(bare)
    print(f"{name:<40} {mine:8.2f} ms  {least:8.2f} ms  ratio {mine / least:7.2f}", flush=True)

"""The wire, fuzzed: how many questions central answered as its own document says."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from schemathesis import GenerationMode

from tests.central.fuzzing import Fuzzed, fuzz
from tests.sync.world import a_station, central_process


def run(full: bool) -> None:
    """Ask every address 100 times in each mode; 10 times when time is short."""
    examples = 100 if full else 10
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        station = a_station(home / "station", home / "central")
        station.clock = lambda: datetime.now(UTC)  # type: ignore[assignment]
        manifest = station.seals()
        with central_process(home / "central") as central:
            station.drains(central.url)
            fuzzed = Fuzzed(central.url, station.credentials(), manifest)
            for mode in GenerationMode:
                asked = sum(fuzz(fuzzed, mode, known=known, examples=examples) for known in (False, True))
                print(f"wire      {asked:6d} {mode.value} questions, none answered otherwise than described")

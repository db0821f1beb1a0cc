"""`python -m tests.faults.pledge_until_killed DIR ROUNDS SEED`: pledge without end, killed at random.

Each round forks a station that pledges and writes each receipt code down after `submit` returned, as the
printer would get it; then the round's process is killed as the power does it.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from kiosk.actions.submit import submit
from kiosk.visits import Settings
from tests.stations import a_draft, open_station


def main() -> None:
    data, rounds, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    receipts = os.open(data / "receipts", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(rounds):
        progress, report = os.pipe()
        child = os.fork()
        if child == 0:
            _pledge(data, receipts, report, number)
        pledge_seconds = _watch(progress, pledges=chance.randint(1, 3))
        time.sleep(chance.uniform(0, pledge_seconds * 1.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(progress)
        os.close(report)


def _watch(progress: int, pledges: int) -> float:
    """Wait for some pledges; return how long the last one took, seconds."""
    os.read(progress, 1)
    for _ in range(pledges):
        began = time.monotonic()
        os.read(progress, 1)
    return time.monotonic() - began


def _pledge(data: Path, receipts: int, report: int, number: int) -> None:
    with open_station(data) as opened:
        os.write(report, b".")
        seed = number * 1000
        while True:
            seed += 10
            visit = opened.station.visits.begin(a_draft(opened.station.procedures.first, seed), Settings())
            given = submit(opened.station, visit)
            os.write(receipts, f"{given.qr.code.text}\n".encode())
            os.write(report, b".")


if __name__ == "__main__":
    main()

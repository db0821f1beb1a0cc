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
        ready, started = os.pipe()
        child = os.fork()
        if child == 0:
            _pledge(data, receipts, started, number)
        os.read(ready, 1)
        os.close(ready)
        os.close(started)
        time.sleep(chance.uniform(0, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _pledge(data: Path, receipts: int, started: int, number: int) -> None:
    with open_station(data) as opened:
        os.write(started, b".")
        seed = number * 1000
        while True:
            seed += 10
            visit = opened.station.visits.begin(a_draft(opened.station.procedure, seed), Settings())
            given = submit(opened.station, visit)
            os.write(receipts, f"{given.qr.code.text}\n".encode())


if __name__ == "__main__":
    main()

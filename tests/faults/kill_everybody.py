"""`python -m tests.faults.kill_everybody DIR PORT KILLS PLEDGES SEED`: a whole house, killed at random.

Serve, sync and central are forked from one process that has loaded everything: a start takes no longer than
its work. Each is killed as the power does it, and started again as the machine would.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.actions.submit import submit
from kiosk.cli.chores import chores_of
from kiosk.cli.context import now
from kiosk.cli.open_station import OpenStation
from kiosk.cli.serve import prepare
from kiosk.visits import Settings
from sync import outbox
from sync.central import server
from sync.durable import open_db
from sync.postman import PostmanSettings, run_postman
from tests.stations import a_draft, enrol, station_config

NAMES = ("central", "serve", "sync")
LONGEST_SECONDS = 120.0  # without any progress


@dataclass
class House:
    """The three processes, by name."""

    data: Path
    port: int
    pledges: int
    running: dict[str, int] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Fork one; it never returns from here."""
        work: Callable[[], None] = {"serve": self._serve, "sync": self._sync, "central": self._central}[name]
        child = os.fork()
        if child == 0:
            os.setsid()
            try:
                work()
            finally:
                if sys.exc_info()[0] is not None:
                    traceback.print_exc()
                os._exit(0)
        self.running[name] = child

    def kill(self, name: str) -> None:
        child = self.running.pop(name, 0)
        if not child:
            return
        for kill in (os.killpg, os.kill):  # it may not have a group of its own yet, or have ended by itself
            with suppress(ProcessLookupError):
                kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def look_after(self) -> None:
        """Start again whoever ended by himself: central, say, whose predecessor still held its port."""
        for name, child in list(self.running.items()):
            if os.waitpid(child, os.WNOHANG) != (0, 0):
                del self.running[name]
                self.start(name)

    def receipts(self) -> list[str]:
        path = self.data / "receipts"
        return path.read_text().split() if path.exists() else []

    def waiting(self) -> int:
        with open_db(self.data / "station" / "station.db") as db:
            return outbox.counts(db).waiting

    def _serve(self) -> None:
        config = station_config(self.data)
        prepare(config, config.station.data_dir)
        opened = OpenStation(config)
        station = opened.station
        written = os.open(self.data / "receipts", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        while (number := len(self.receipts())) < self.pledges:
            seed = 10 * number + random.Random(os.getpid()).randrange(10**8) * 10
            visit = station.visits.begin(a_draft(station.procedures.first, seed), Settings())
            code = submit(station, visit).qr.code.text
            os.write(written, f"{code}\n".encode())
            station.visits.leave(visit.id)
        opened.close()
        time.sleep(LONGEST_SECONDS)  # a screen that nobody touches any more

    def _sync(self) -> None:
        config = station_config(self.data)
        settings = PostmanSettings(config.station.data_dir, f"http://127.0.0.1:{self.port}", 0.2, 5.0)
        run_postman(settings, now, chores_of(config))

    def _central(self) -> None:
        server.serve(self.data / "central", "127.0.0.1", self.port, now)


def main() -> None:
    data, port, kills, pledges, seed = Path(sys.argv[1]), *map(int, sys.argv[2:])
    enrol(data)
    config = station_config(data)
    prepare(config, config.station.data_dir)
    house = House(data, port, pledges)
    try:
        for name in NAMES:
            house.start(name)
        _kill_at_random(house, kills, random.Random(seed))
        _wait(house, lambda: len(house.receipts()) >= pledges and house.waiting() == 0)
    finally:
        for name in NAMES:
            house.kill(name)


def _kill_at_random(house: House, kills: int, chance: random.Random) -> None:
    for number in range(1, kills + 1):
        _wait(house, lambda due=number * house.pledges // (kills + 1): len(house.receipts()) >= due)
        time.sleep(chance.uniform(0, 0.2))
        name = chance.choice(NAMES)
        house.kill(name)
        house.start(name)


def _wait(house: House, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("no progress")
        house.look_after()
        time.sleep(0.02)


if __name__ == "__main__":
    main()

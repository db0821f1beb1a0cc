"""`python -m tests.faults.kill_everybody DIR KILLS PLEDGES SEED`: a whole house, killed at random.

Serve, sync and central run by their own commands while a visitor declares over HTTP. They are forked from
one process that has loaded everything: a start takes no longer than its work. Each is killed as the power
does it, or a server's worker alone as a machine short of memory does; who ended is started as systemd would.
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

import click
import cv2
import numpy as np

import kiosk.cli
import kiosk.cli.postman
import kiosk.cli.serve
import sync.central.cli
from kiosk.store import database
from sync import outbox
from sync.durable import open_db
from tests.faults.declaring import Visitor
from tests.processes import free_port, write_settings
from tests.stations import enrol

NAMES = ("central", "serve", "sync")
LONGEST_SECONDS = 120.0  # without any progress

SETTINGS = {
    "floor_mb = 500": "floor_mb = 1",
    "ballast_mb = 32": "ballast_mb = 1",
    "poll_seconds = 5": "poll_seconds = 1",
    "timeout_seconds = 20.0": "timeout_seconds = 5.0",
    "fps = 20  ": "fps = 100  ",
}
"""What differs from the station of the checkout: nobody waits longer than he must."""


@dataclass
class House:
    """The three processes and their visitor, by name."""

    data: Path
    pledges: int
    station_port: int = field(default_factory=free_port)
    central_port: int = field(default_factory=free_port)
    running: dict[str, int] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.data / "kiosk.toml"

    def prepare(self) -> None:
        """Keys, settings and something before the camera."""
        enrol(self.data)
        database.prepare(self.data / "station" / "station.db")
        write_settings(self.data, SETTINGS)
        (self.data / "desk").mkdir()
        cv2.imwrite(str(self.data / "desk" / "000.png"), np.zeros((36, 48, 3), np.uint8))

    def start(self, name: str) -> None:
        """Fork one; it never returns from here."""
        work = self._work(name)
        child = os.fork()
        if child == 0:
            os.setsid()
            code = 1
            try:
                work()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
            except BaseException:  # noqa: BLE001  a fork must not go on as its parent
                traceback.print_exc()
            finally:
                os._exit(code)
        self.running[name] = child

    def kill(self, name: str) -> None:
        """All of it, at once."""
        child = self.running.pop(name, 0)
        if not child:
            return
        for kill in (os.killpg, os.kill):  # it may not have a group of its own yet, or have ended by itself
            with suppress(ProcessLookupError):
                kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def kill_worker(self, name: str) -> bool:
        """The one that answers, which its master replaces; say whether there is one."""
        child = self.running.get(name, 0)
        with suppress(OSError, IndexError):
            worker = Path(f"/proc/{child}/task/{child}/children").read_text().split()[0]
            os.kill(int(worker), signal.SIGKILL)
            return True
        return False

    def look_after(self) -> None:
        """Start again whoever ended by himself: central, say, whose predecessor still held its port."""
        for name, child in list(self.running.items()):
            if os.waitpid(child, os.WNOHANG) != (0, 0):
                del self.running[name]
                if name != "visitor":
                    self.start(name)

    def receipts(self) -> int:
        path = self.data / "receipts"
        return len(path.read_text().split()) if path.exists() else 0

    def waiting(self) -> int:
        with open_db(self.data / "station" / "station.db") as db:
            return outbox.counts(db).waiting

    def _work(self, name: str) -> Callable[[], None]:
        station = ["--config", str(self.config), "--data", str(self.data)]
        url = f"http://127.0.0.1:{self.central_port}"
        central = ["serve", "--data", str(self.data / "central"), "--port", str(self.central_port)]
        return {
            "serve": lambda: _run(kiosk.cli.main, *station, "serve", "--port", str(self.station_port)),
            "sync": lambda: _run(kiosk.cli.main, *station, "sync", "--central", url),
            "central": lambda: _run(sync.central.cli.main, *central),
            "visitor": self._visit,
        }[name]

    def _visit(self) -> None:
        written = os.open(self.data / "receipts", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        visitor = Visitor(f"http://127.0.0.1:{self.station_port}")
        visitor.declares(self.pledges, lambda code: os.write(written, f"{code}\n".encode()) and None)


def _run(command: click.Command, *arguments: str) -> None:
    command.main(arguments, prog_name=arguments[0])


def main() -> None:
    data, kills, pledges, seed = Path(sys.argv[1]), *map(int, sys.argv[2:])
    house = House(data, pledges)
    house.prepare()
    try:
        for name in (*NAMES, "visitor"):
            house.start(name)
        _kill_at_random(house, kills, random.Random(seed))
        _wait(house, lambda: house.receipts() >= pledges and house.waiting() == 0)
    finally:
        for name in (*NAMES, "visitor"):
            house.kill(name)


def _kill_at_random(house: House, kills: int, chance: random.Random) -> None:
    for number in range(1, kills + 1):
        _wait(house, lambda due=number * house.pledges // (kills + 1): house.receipts() >= due)
        time.sleep(chance.uniform(0, 0.2))
        name = chance.choice(NAMES)
        if not (name != "sync" and chance.random() < 0.3 and house.kill_worker(name)):
            house.kill(name)
            house.start(name)


def _wait(house: House, condition: Callable[[], bool]) -> None:
    """Until it is so, while declarations are made or arrive."""
    seen, deadline = (-1, -1), 0.0
    while not condition():
        progress = house.receipts(), house.waiting()
        if progress != seen:
            seen, deadline = progress, time.monotonic() + LONGEST_SECONDS
        if time.monotonic() > deadline:
            raise SystemExit("no progress")
        house.look_after()
        time.sleep(0.02)


if __name__ == "__main__":
    main()

"""`central serve --relay`: a door for stations, and a postman of its own behind it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync import events, outbox
from sync.durable import open_db
from sync.enrolment import Enrolled, enrol
from sync.invitation import Invitation
from sync.keys import load_keys
from sync.parcels import Parcels
from sync.postman import PostmanBusy as PostmanBusy  # noqa: PLC0414  who starts a relay may hear it
from sync.postman import PostmanSettings, run_postman
from sync.relay.app import create_relay
from sync.relay.returns import Returns
from sync.serving import HttpServer, must_be_free

_EVERY_SECONDS = 5.0
_TIMEOUT_SECONDS = 20.0
"""Source: as [central] poll_seconds and timeout_seconds in kiosk.toml."""

log = logging.getLogger(__name__)


class NoRelay(Exception):
    """This folder cannot be a relay's; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Where a relay keeps what passes through, where it listens, and where the true central is."""

    folder: Path
    host: str
    port: int
    central_url: str

    def enrol(self, invitation: Invitation, station: str, now: Callable[[], datetime]) -> Enrolled:
        """Introduce the relay to central, as a station of its own.

        Errors: NoRelay; and as `sync.enrolment.enrol`.
        """
        self._must_not_be_a_central()
        return enrol(self.central_url, invitation, station, self.folder / "keys", now)

    def serve(self, now: Callable[[], datetime]) -> None:
        """Take items and forward them until SIGTERM.

        Errors: NoRelay; PortTaken; KeysMissing; BadKeyFile; BadAddress; PostmanBusy; OSError;
                sqlite3.DatabaseError.
        """
        self._must_not_be_a_central()
        load_keys(self.folder / "keys")
        must_be_free(self.host, self.port)
        Parcels(self.folder).prepare()
        returns = Returns(self.folder / "returns")
        returns.prepare()
        with open_db(self.folder / "station.db") as db:
            outbox.prepare(db)
            events.prepare(db)
        door = multiprocessing.Process(target=self._open_door, args=(now,), daemon=True)
        door.start()
        threading.Thread(target=_end_with, args=(door,), daemon=True).start()
        log.info("relay listens on http://%s:%d/", self.host, self.port)
        run_postman(
            PostmanSettings(
                self.folder,
                self.central_url,
                _EVERY_SECONDS,
                _TIMEOUT_SECONDS,
                carries_for_others=True,
                also=returns.fetch,
            ),
            now,
        )

    def _open_door(self, now: Callable[[], datetime]) -> None:
        HttpServer(lambda: create_relay(self.folder, now), f"{self.host}:{self.port}").run()

    def _must_not_be_a_central(self) -> None:
        if (self.folder / "central.db").exists():
            raise NoRelay(f"{self.folder} belongs to a central; give the relay its own folder with --data")


def _end_with(door: multiprocessing.Process) -> None:
    """A relay that nobody can speak to ends, so that whoever started it sees it."""
    door.join()
    os.kill(os.getpid(), signal.SIGTERM)

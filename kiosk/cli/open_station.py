"""A station at work: devices opened, threads running, the application built."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from flask import Flask

from hardware.devices import open_devices
from hardware.escpos_printer import warm_up
from hardware.scanner import open_scanners
from kiosk import reference
from kiosk.actions.mend import what_is_wrong
from kiosk.actions.print_receipt import print_one
from kiosk.adjustments import Adjustments
from kiosk.app import create_app
from kiosk.checkout import FONTS
from kiosk.cli.ballast import ballast_of
from kiosk.cli.context import now, tick
from kiosk.clock import ClockJudge, boot_id
from kiosk.config import Config
from kiosk.courier import Courier
from kiosk.domain.procedures import Procedures
from kiosk.inbox import Inbox
from kiosk.lockout import Lockout
from kiosk.lookout import Lookout
from kiosk.presence import Presence, nobody_here
from kiosk.pulse import Pulse
from kiosk.shifts import Shifts
from kiosk.spooler import Spooler
from kiosk.station import Station
from kiosk.tables import load_gazetteer
from kiosk.vision.codes import CodeReader
from kiosk.vision.faces import open_finder
from kiosk.visits import Visits
from sync.keyfiles import BadKeyFile
from sync.keys import Keyring
from sync.parcels import Parcels

log = logging.getLogger(__name__)

HOUSEKEEPING_SECONDS = 5.0
DATABASE_SECONDS = 15.0
"""How often the database is looked through while nobody is here: a thousand declarations take 5 ms."""


class OpenStation:
    """Opens everything at once and gives it all back in `close`."""

    def __init__(
        self, config: Config, procedures: Procedures, start_anew: Callable[[], None] | None = None
    ) -> None:
        self._start_anew = start_anew  # what mends a damaged database before anything else is opened
        self._looked_at = tick()
        data_dir, idle = config.station.data_dir, config.idle
        db_path = data_dir / "station.db"
        self._stopped = threading.Event()
        self._devices = open_devices(config.camera, config.printer, config.page_printer, FONTS)
        self._reader = CodeReader(config.reading.frame_budget_ms, config.reading.still_budget_ms)
        self._inbox = Inbox(tick)
        self._lookout = Lookout(self._devices.camera, tick, config.photo, open_finder(config.face_model))
        self._background = ThreadPoolExecutor(1, "background")
        self._scanners = open_scanners(config.scanners, self._inbox.put)
        self._spooler = Spooler(partial(print_one, self._devices.printer, db_path, now))
        # The page minds the idle clock; this is the backstop for a browser that died.
        idle_seconds = idle.reading_seconds + idle.warning_seconds + 2 * HOUSEKEEPING_SECONDS
        self._presence = Presence(data_dir)
        self._visits = Visits(tick, idle_seconds, self._presence)
        self.station = Station(
            adjustments=Adjustments(config),
            procedures=procedures,
            agencies=reference.Shelf(config.agency.directory, data_dir),
            db_path=db_path,
            parcels=Parcels(data_dir),
            ballast=ballast_of(config),
            keyring=Keyring(data_dir / "keys"),
            devices=self._devices,
            scanners=self._scanners,
            reader=self._reader,
            visits=self._visits,
            shifts=Shifts(tick, idle_seconds),
            spooler=self._spooler,
            courier=Courier(),
            lockout=Lockout(tick),
            inbox=self._inbox,
            pulse=Pulse(),
            boot_id=boot_id(),
            clock=ClockJudge(config.station.clock_verified, now, tick),
            lookout=self._lookout,
            background=self._background,
            now=now,
            tick=tick,
            pause=time.sleep,
        )
        self.app: Flask = create_app(self.station)
        self._spooler.start()
        threading.Thread(target=self._keep_house, name="housekeeping", daemon=True).start()

    def close(self) -> None:
        """Finish the slips and give the devices back."""
        self._stopped.set()
        self._spooler.stop()
        for scanner in self._scanners:
            scanner.close()
        self._lookout.close()
        self._background.shutdown(wait=False, cancel_futures=True)
        self._reader.close()
        self._devices.close()
        self._presence.close()

    def _keep_house(self) -> None:
        if not self._stopped.wait(HOUSEKEEPING_SECONDS):
            warm_up()
            load_gazetteer()  # a fifth of a second, which the first visitor with an address would wait for
        while not self._stopped.wait(HOUSEKEEPING_SECONDS):
            self._visits.forget_if_idle()
            with nobody_here(self.station.db_path.parent) as free:
                if free:
                    self.station.ballast.lay()
                    self._mind_the_database()

    def _mind_the_database(self) -> None:
        """Nobody is here who would lose anything: the time to find damage, not at the next pledge."""
        if self._start_anew is None or tick() - self._looked_at < DATABASE_SECONDS:
            return
        self._looked_at = tick()
        try:
            wrong = what_is_wrong(self.station.db_path.parent)
        except (OSError, sqlite3.Error, BadKeyFile):
            return  # it could not be looked at, which proves nothing
        if wrong:
            log.error("the database is damaged (%s); starting anew to mend it", wrong)
            self._start_anew()

"""`kiosk sync`: one process per station that carries declarations until it is told to stop."""

from __future__ import annotations

import fcntl
import logging
import random
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType

from sync import events, outbox, schedule
from sync.backoff import Patience
from sync.credentials import Credentials
from sync.durable import open_db
from sync.errands import Errands
from sync.keys import load_keys
from sync.line import open_line
from sync.news import News
from sync.parcels import Parcels
from sync.transport import HttpTransport
from sync.wake import doorbell, ring
from sync.worker import Postman, Round

log = logging.getLogger(__name__)


class PostmanBusy(Exception):
    """Another postman of this station is running."""


@dataclass(frozen=True, slots=True)
class PostmanSettings:
    """Where the station's folder is, where central is, and how often to look.

    Units: seconds; `timeout_seconds` is for each step on the line.
    """

    station: Path
    central_url: str
    every_seconds: float
    timeout_seconds: float


def run_postman(settings: PostmanSettings, now: Callable[[], datetime]) -> None:
    """Deliver until SIGTERM or SIGINT; then stop at once, in the middle of a delivery if need be.

    Stopping in the middle is safe, because so is a power cut: what is not settled is delivered again.
    Errors: PostmanBusy; KeysMissing; BadKeyFile; BadAddress; OSError; sqlite3.DatabaseError.
    """
    with suppress(_Stop), _stopping_on_signals(), ExitStack() as stack:
        stack.enter_context(_alone(settings.station))
        postman, errands = stack.enter_context(_postman(settings, now))
        bell = stack.enter_context(doorbell(settings.station))
        stack.enter_context(_ticking(settings))
        outbox.make_all_due(postman.db, now())
        postman.clear()
        patience = Patience(random.random)
        while True:
            if patience.is_over():
                done = _round(postman, errands)
                patience.learn(done.trouble, delivered=done.delivered)
            bell.wait(settings.every_seconds)


def drain_once(settings: PostmanSettings, now: Callable[[], datetime]) -> Round:
    """Make one round and return, also while another postman of this station runs.

    Errors: KeysMissing; BadKeyFile; BadAddress; OSError; sqlite3.DatabaseError.
    """
    with _postman(settings, now) as (postman, errands):
        with suppress(PostmanBusy), _alone(settings.station):
            outbox.make_all_due(postman.db, now())  # claims of a postman who was killed
        postman.clear()
        done = postman.drain()
        if done.trouble is None:
            errands.run(at_once=True)
        return done


class _Stop(BaseException):
    """SIGTERM or SIGINT came."""


@contextmanager
def _postman(settings: PostmanSettings, now: Callable[[], datetime]) -> Iterator[tuple[Postman, Errands]]:
    folder = settings.station / "keys"
    keys = load_keys(folder)
    parcels = Parcels(settings.station)
    parcels.prepare()
    credentials = Credentials(keys.device, keys.central, now)
    line = open_line(settings.central_url, settings.timeout_seconds, credentials)
    try:
        with open_db(settings.station / "station.db") as db:
            outbox.prepare(db)
            events.prepare(db)
            postman = Postman(db, parcels, HttpTransport(line, parcels, keys.central), now, random.random)
            yield postman, Errands(News(db, line, keys.central, folder), now)
    finally:
        line.close()


@contextmanager
def _alone(station: Path) -> Iterator[None]:
    with (station / "postman.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise PostmanBusy("another postman of this station is running") from why
        yield


@contextmanager
def _ticking(settings: PostmanSettings) -> Iterator[None]:
    scheduler = schedule.build(lambda: ring(settings.station), settings.every_seconds)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    # Raised in the main thread, the exception also ends a system call that waits for a dead line.
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Stop

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _round(postman: Postman, errands: Errands) -> Round:
    try:
        round_ = postman.drain()
        if round_.trouble is None:
            errands.run()
    except (OSError, sqlite3.OperationalError) as why:
        # A full disk or a locked database passes; whatever was claimed is a lease and safe.
        log.warning("round given up: %s", why)
        return Round(0, 0)
    if round_.delivered or round_.quarantined:
        log.info("delivered %d, put aside %d", round_.delivered, round_.quarantined)
    if round_.trouble:
        log.info("line: %s", round_.trouble)
    return round_

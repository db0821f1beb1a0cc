"""`kiosk sync`: one process per station that carries declarations until it is told to stop."""

from __future__ import annotations

import fcntl
import logging
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType

from sync import events, outbox, schedule
from sync.backoff import Breaker
from sync.clock import ClockWatch
from sync.credentials import Credentials
from sync.durable import open_db
from sync.errands import Errands
from sync.gate import is_wanted, using
from sync.handover import Handover
from sync.heartbeat import DeviceStates
from sync.keys import load_keys
from sync.line import Line, open_line
from sync.news import News
from sync.notify import ALIVE, READY, notify
from sync.pace import Pace, Window
from sync.parcels import Parcels
from sync.schedule import Chore, Timer
from sync.stick import Stick
from sync.transport import ForOthers, HttpTransport
from sync.wake import doorbell, ring
from sync.walk import Walk
from sync.worker import Postman, Round

log = logging.getLogger(__name__)


class PostmanBusy(Exception):
    """Another postman of this station is running."""


@dataclass(frozen=True, slots=True)
class PostmanSettings:
    """Where the station's folder is, where central is, how often to look, and how much of the line to use.

    Shape: `uploads` is how many items are on their way at a time.
           `station_id` is its own, without which no news come by a relay; `also` is one errand more.
           `relay_url` is whom to hand what waits while the line does not carry, empty for nobody;
           `carries_for_others`: this is a relay's own postman; `ask_devices` says how they are.
    Units: seconds; `timeout_seconds` is for each step on the line.
    """

    station: Path
    central_url: str
    every_seconds: float
    timeout_seconds: float
    uploads: int = 2
    hours: tuple[Window, ...] = ()
    relay_url: str = ""
    carries_for_others: bool = False
    ask_devices: Callable[[], DeviceStates] = DeviceStates
    station_id: str = ""
    also: Callable[[Line], None] | None = None


def run_postman(settings: PostmanSettings, now: Callable[[], datetime], chores: Sequence[Chore] = ()) -> None:
    """Deliver until SIGTERM or SIGINT, and do the station's chores; then stop at once, whatever is under way.

    Stopping in the middle is safe, because so is a power cut: what is not settled is delivered again.
    Errors: PostmanBusy; KeysMissing; BadKeyFile; BadAddress; OSError; sqlite3.DatabaseError.
    """
    with suppress(_Stop), _stopping_on_signals(), ExitStack() as stack:
        stack.enter_context(_alone(settings.station))
        bell = stack.enter_context(doorbell(settings.station))
        timer = Timer(lambda: schedule.build(lambda: ring(settings.station), settings.every_seconds, chores))
        stack.callback(timer.stop)
        timer.start()
        watch = ClockWatch(now)
        notify(READY)
        while True:
            with _walk(settings, now) as walk:
                outbox.make_all_due(walk.db, now())
                while not is_wanted(settings.station):
                    notify(ALIVE)
                    if watch.look():
                        log.warning("the clock was moved: the queue is due now, the timer starts anew")
                        outbox.make_all_due(walk.db, now())
                        timer.start()
                    goes_on = walk.round()
                    if bell.wait(0.0 if goes_on else settings.every_seconds):
                        walk.breaker.network_changed()
            log.warning("the database is being mended; going on with the new one")
            bell.wait(1.0)


def drain_once(settings: PostmanSettings, now: Callable[[], datetime]) -> Round:
    """Make one round and return, also while another postman of this station runs.

    Errors: KeysMissing; BadKeyFile; BadAddress; OSError; sqlite3.DatabaseError.
    """
    with _walk(settings, now) as walk:
        with suppress(PostmanBusy), _alone(settings.station):
            outbox.make_all_due(walk.db, now())  # claims of a postman who was killed
        return walk.once()


class _Stop(BaseException):
    """SIGTERM or SIGINT came."""


@contextmanager
def _walk(settings: PostmanSettings, now: Callable[[], datetime]) -> Iterator[Walk]:
    folder, database = settings.station / "keys", settings.station / "station.db"
    keys = load_keys(folder)
    parcels = Parcels(settings.station)
    parcels.prepare()
    credentials = Credentials(keys.device, keys.central, now)
    pace = Pace(settings.hours, credentials.time)
    line = open_line(settings.central_url, settings.timeout_seconds, credentials, pace)
    lan = open_line(settings.relay_url, settings.timeout_seconds) if settings.relay_url else None
    try:
        with using(settings.station), open_db(database) as db:
            outbox.prepare(db)
            events.prepare(db)
            by_wire = HttpTransport(line, parcels, keys.central)
            transport = ForOthers(by_wire) if settings.carries_for_others else by_wire
            postman = Postman(
                database=database,
                parcels=parcels,
                transport=transport,
                now=now,
                random=random.random,
                lanes=settings.uploads,
                must_pause=lambda: is_wanted(settings.station),
            )
            errands = Errands(News(db, line, keys.central, folder), now, settings.ask_devices, settings.also)
            stick = Stick(db, parcels, settings.station_id, keys, folder, now)
            handover = _handover(lan, postman, stick)
            yield Walk(db, postman, errands, Breaker(random.random), pace, handover)
    finally:
        line.close()
        if lan:
            lan.close()


def _handover(lan: Line | None, postman: Postman, stick: Stick) -> Handover | None:
    if lan is None:
        return None
    brings_news = stick if stick.station else None
    return Handover(stick.db, lan, postman, stick.keys.central, Breaker(random.random), brings_news)


@contextmanager
def _alone(station: Path) -> Iterator[None]:
    with (station / "postman.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise PostmanBusy("another postman of this station is running") from why
        yield


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

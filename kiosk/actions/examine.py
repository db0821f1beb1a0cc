"""Examine a station: each part gets a sentence and, where it is not well, a remedy."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from hardware.devices import open_devices
from hardware.protocols import Camera, DeviceError, PaperState, ReceiptPrinter, Subject
from kiosk.config import Config
from sync.durable import open_db
from sync.hostkey import NAME, sealed_path
from sync.keys import KeysMissing, load_keys
from sync.transport import probe

SLOW_FSYNC_MS = 100.0
"""A commit needs about four; a visitor notices half a second."""


class Health(StrEnum):
    """How a part is."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the station, how it is and what to do."""

    part: str
    health: Health
    sentence: str
    remedy: str = ""


def examine(config: Config, root: Path, now: Callable[[], datetime]) -> list[Finding]:
    """Look at every part. Opens the devices only while no `kiosk serve` owns them."""
    data_dir = config.station.data_dir
    found = [_disk(config), _database(data_dir), _keys(data_dir), _clock(config, now), _central(config)]
    with _serve_is_down(data_dir) as free:
        if not free:
            return [*found, Finding("devices", Health.GOOD, "In use by the running station.")]
        devices = open_devices(config.camera, config.printer, root / "static" / "fonts")
        try:
            return [*found, *_cameras(devices.camera), _printer(devices.printer)]
        finally:
            devices.close()


def _disk(config: Config) -> Finding:
    folder = config.station.data_dir
    if not folder.is_dir():
        return Finding(
            "disk", Health.WATCH, "No station has run here yet.", "Start `kiosk serve` or `kiosk demo`."
        )
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < config.disk.floor_mb:
        remedy = f"Free {config.disk.floor_mb - free_mb} MB; until then no visit begins."
        return Finding("disk", Health.BAD, f"{free_mb} MB free.", remedy)
    spent_ms = _fsync_ms(folder)
    health = Health.GOOD if spent_ms < SLOW_FSYNC_MS else Health.WATCH
    return Finding("disk", health, f"{free_mb} MB free, a durable write takes {spent_ms:.1f} ms.")


def _fsync_ms(folder: Path) -> float:
    path = folder / ".doctor"
    started = time.perf_counter()
    with path.open("wb") as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())
    spent = time.perf_counter() - started
    path.unlink()
    return spent * 1000


def _database(data_dir: Path) -> Finding:
    path = data_dir / "station.db"
    if not path.exists():
        return Finding("database", Health.WATCH, "There is none yet.", "It is made by the first start.")
    try:
        with open_db(path) as db:
            answer = db.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as why:
        answer = str(why)
    if answer == "ok":
        return Finding("database", Health.GOOD, "Whole.")
    return Finding(
        "database", Health.BAD, f"Damaged: {answer}.", "Start `kiosk serve` anew: it restores a backup."
    )


def _keys(data_dir: Path) -> Finding:
    try:
        keys = load_keys(data_dir / "keys")
    except KeysMissing as why:
        return Finding("keys", Health.BAD, f"{why}.", "Enrol the station with central.")
    sealed = sealed_path(data_dir / "keys" / NAME).exists()
    where = "sealed to this machine" if sealed else "a file that its owner alone can read"
    return Finding(
        "keys", Health.GOOD, f"Key set {keys.key_set.version} of central is here; the device key is {where}."
    )


def _clock(config: Config, now: Callable[[], datetime]) -> Finding:
    shown = now().strftime("%Y-%m-%d %H:%M UTC")
    if config.station.clock_verified:
        return Finding("clock", Health.GOOD, f"It is {shown}.")
    remedy = "Confirm the date, then set clock_verified in kiosk.toml."
    return Finding("clock", Health.WATCH, f"It is {shown}, which nobody has verified.", remedy)


def _central(config: Config) -> Finding:
    fault = probe(config.central.url, config.central.timeout_seconds)
    if fault is None:
        return Finding("central", Health.GOOD, f"{config.central.url} answers.")
    remedy = "Visits go on; declarations wait here until the line is back."
    return Finding("central", Health.WATCH, f"{config.central.url}: {fault}.", remedy)


def _cameras(camera: Camera) -> Iterator[Finding]:
    for name, subject in (("document", Subject.CITIZEN_CARD), ("portrait", Subject.PORTRAIT)):
        try:
            camera.aim(subject)
            height, width = camera.still(subject).image.shape[:2]
        except DeviceError as why:
            remedy = "Check its cable and the source in kiosk.toml, [camera]."
            yield Finding("camera", Health.BAD, f"{name}: {why.trouble}.", remedy)
        else:
            yield Finding("camera", Health.GOOD, f"{name}: {width} x {height} pixels.")


def _printer(printer: ReceiptPrinter) -> Finding:
    state = printer.state()
    if state is PaperState.OK:
        return Finding("printer", Health.GOOD, "Ready.")
    if state is PaperState.NEAR_END:
        return Finding("printer", Health.WATCH, "The paper is nearly used up.", "Lay a new roll ready.")
    remedy = "Check power, cable, cover and paper; receipts are shown on the screen meanwhile."
    return Finding("printer", Health.WATCH, f"Not ready: {state}.", remedy)


@contextmanager
def _serve_is_down(data_dir: Path) -> Iterator[bool]:
    if not data_dir.is_dir():
        yield True
        return
    with (data_dir / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

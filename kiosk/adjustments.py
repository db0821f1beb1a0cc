"""What an administrator changed at the screen: a few settings of kiosk.toml, kept beside the database."""

from __future__ import annotations

import json
import logging
import tomllib
from enum import StrEnum
from functools import reduce
from pathlib import Path
from threading import Lock

from kiosk.config import BadConfig, Config, changed, check_value
from sync.durable import write_durably

log = logging.getLogger(__name__)

FILE = "adjustments.toml"
"""In the station's data: a kiosk.toml of these few keys alone. Without the file kiosk.toml counts again."""


class Adjustment(StrEnum):
    """What may be changed: section and key of kiosk.toml, in the order of the page."""

    NAME = "station.name"
    MODE = "station.mode"
    IDLE = "idle.page_seconds"
    SOUND = "sound.level"
    AGENCY = "agency.default"
    HOTLINE = "receipt.hotline"


Value = str | int


class Adjustments:
    """The settings as they are now: those of kiosk.toml, and over them what was changed at the screen.

    Shape: a file that cannot be used is `left_aside`, which then says why: no reason for a station to stand
           still. Empty otherwise.
    """

    def __init__(self, written: Config) -> None:
        self._written = written
        self.path = written.station.data_dir / FILE
        self.left_aside = ""
        self._lock = Lock()
        try:
            self._made = read_adjustments(self.path)
            self._now = self._over(self._made)
        except BadConfig as why:
            self._made, self._now, self.left_aside = {}, written, str(why)
            log.warning("%s is left aside: %s", self.path, why)

    @property
    def made(self) -> tuple[Adjustment, ...]:
        """Which settings were changed at the screen."""
        return tuple(self._made)

    def current(self) -> Config:
        """All settings, with what was changed in its place."""
        return self._now

    def value(self, which: Adjustment) -> Value:
        """One of them, as it is now."""
        section, key = which.split(".")
        value: Value = getattr(getattr(self._now, section), key)
        return value

    def make(self, which: Adjustment, value: Value) -> None:
        """Change one, for now and after the next start. What it may say beyond its kind, the caller knows.

        Errors: BadConfig, as kiosk.toml would have it; OSError. Nothing is changed then.
        """
        with self._lock:
            made = self._made | {which: value}
            now = self._over(made)
            write_durably(self.path, _written(made).encode())
            self._made, self._now, self.left_aside = made, now, ""

    def _over(self, made: dict[Adjustment, Value]) -> Config:
        return reduce(_with, made.items(), self._written)


def _with(config: Config, made: tuple[Adjustment, Value]) -> Config:
    which, value = made
    section, key = which.split(".")
    return changed(config, section, key, value)


def read_adjustments(path: Path) -> dict[Adjustment, Value]:
    """What such a file holds; nothing if there is none.

    Errors: BadConfig, also for a value that could not stand in kiosk.toml.
    """
    made: dict[Adjustment, Value] = {}
    try:
        for section, keys in tomllib.loads(path.read_text("utf-8")).items():
            for key, value in keys.items():
                made[Adjustment(f"{section}.{key}")] = value
                check_value(section, key, value)
    except FileNotFoundError:
        return {}
    except OSError as why:
        raise BadConfig(f"cannot be read ({why.strerror})") from why
    except (ValueError, AttributeError) as why:
        raise BadConfig(str(why)) from why
    return made


def _written(made: dict[Adjustment, Value]) -> str:
    """The file's text. A JSON string of printable letters is a TOML string too."""
    lines = [f"{which} = {json.dumps(value, ensure_ascii=False)}\n" for which, value in made.items()]
    return "# Changed at the screen. Without this file kiosk.toml counts again.\n" + "".join(lines)

"""How much of the network the postman may use, by hour of the day: an office shares its line with him."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

PIECE_BYTES = 16 * 1024
LEAST_KBITS = 32
"""Slower, and central takes the line for dead: it waits a minute for 64 kB."""

_VIETNAM = timezone(timedelta(hours=7))  # the whole country, no summer time
_SHAPE = re.compile(r"([01][0-9]|2[0-4])-([01][0-9]|2[0-4]) ([0-9]{1,6})")


class BadHours(ValueError):
    """Hours in kiosk.toml that cannot be; the message says how they are written."""


@dataclass(frozen=True, slots=True)
class Window:
    """A limit for some hours of every day. Units: hours of Vietnam's clock, kbit/s; 0 sends nothing."""

    first: int
    last: int
    kbits: int

    @classmethod
    def typed(cls, text: str) -> Window:
        """Read "07-17 512": from 7 until 17 o'clock 512 kbit/s. "22-05 0" goes over midnight.

        Errors: BadHours.
        """
        found = _SHAPE.fullmatch(text.strip())
        if not found:
            raise BadHours(f'hours are written "07-17 512", not {text!r}')
        window = cls(*map(int, found.groups()))
        if 0 < window.kbits < LEAST_KBITS:
            raise BadHours(f"at least {LEAST_KBITS} kbit/s, or 0 to send nothing: {text!r}")
        return window

    def holds(self, hour: int) -> bool:
        """Say whether this hour of the day is within."""
        if self.first < self.last:
            return self.first <= hour < self.last
        return hour >= self.first or hour < self.last


@dataclass(slots=True)
class Pace:
    """Lets all lanes together send no faster than the hour allows.

    Units: `now` is the wall clock, `ticks` counts seconds and never steps.
    """

    windows: tuple[Window, ...]
    now: Callable[[], datetime]
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free_at: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def limit(self) -> int | None:
        """The first limit that holds now, in kbit/s; None without one."""
        hour = self.now().astimezone(_VIETNAM).hour
        return next((window.kbits for window in self.windows if window.holds(hour)), None)

    def is_closed(self) -> bool:
        """Say whether nothing may be sent in this hour."""
        return self.limit() == 0

    def pieces(self, content: bytes) -> Iterator[bytes]:
        """Hand out the content, piece by piece, no faster than allowed.

        What is under way when a closed hour begins goes on slowly: cutting it would cost more.
        """
        for at in range(0, len(content), PIECE_BYTES):
            piece = content[at : at + PIECE_BYTES]
            limit = self.limit()
            if limit is not None:
                self._wait_for(len(piece) * 8 / 1000 / max(limit, LEAST_KBITS))
            yield piece

    def _wait_for(self, seconds: float) -> None:
        with self._lock:
            starts_at = max(self.ticks(), self._free_at)
            self._free_at = starts_at + seconds
        self.sleep(max(starts_at - self.ticks(), 0.0))


@dataclass(frozen=True, slots=True)
class Paced:
    """A request's body that is handed out at that pace; it can be sent a second time."""

    content: bytes = field(repr=False)
    pace: Pace

    def __iter__(self) -> Iterator[bytes]:
        return self.pace.pieces(self.content)

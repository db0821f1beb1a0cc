"""Who is logged in at the screen: in memory only, one officer at a time. A restart logs out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe

from kiosk.domain.officers import Officer


@dataclass(slots=True, repr=False, eq=False)
class Shift:
    """One officer's time at the screen, from logging in to logging out.

    Shape: `id` is known to the officer's browser alone; `pin_hash` is what proved the PIN then.
    """

    id: str
    officer: Officer
    pin_hash: str
    touched_s: float


class Shifts:
    """The shift under way, if any. Apart from the visits: each ends without the other.

    Units: `tick` gives monotonic seconds; a shift untouched for `idle_seconds` is over.
    """

    def __init__(self, tick: Callable[[], float], idle_seconds: float) -> None:
        self._tick = tick
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._shift: Shift | None = None

    def begin(self, officer: Officer, pin_hash: str) -> Shift:
        """Log an officer in; whoever was logged in is no more."""
        shift = Shift(token_urlsafe(32), officer, pin_hash, self._tick())
        with self._lock:
            self._shift = shift
        return shift

    def get(self, id: str | None) -> Shift | None:  # noqa: A002 - the cookie's word
        """The shift with this id, if it is the one under way."""
        with self._lock:
            shift = self._shift
            if shift is not None and self._tick() - shift.touched_s > self._idle_seconds:
                shift = self._shift = None
        return shift if shift is not None and shift.id == id else None

    def touch(self, shift: Shift) -> None:
        """The officer did something."""
        shift.touched_s = self._tick()

    def end(self, shift: Shift) -> None:
        """Log out."""
        with self._lock:
            if self._shift is shift:
                self._shift = None

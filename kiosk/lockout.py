"""Five wrong guesses, then a wait: for the PIN on a slip."""

from __future__ import annotations

import threading
from collections.abc import Callable

TRIES = 5
WAIT_SECONDS = 300.0
"""Six characters of 32 make guessing hopeless at this pace."""


class Lockout:
    """Counts wrong guesses by subject. Units: `tick` gives monotonic seconds."""

    def __init__(self, tick: Callable[[], float]) -> None:
        self._tick = tick
        self._lock = threading.Lock()
        self._wrong: dict[str, tuple[int, float]] = {}

    def is_locked(self, subject: str) -> bool:
        """Say whether this subject must wait."""
        with self._lock:
            count, since = self._wrong.get(subject, (0, 0.0))
            if count >= TRIES and self._tick() - since >= WAIT_SECONDS:
                del self._wrong[subject]
                return False
            return count >= TRIES

    def wrong(self, subject: str) -> None:
        """Note a wrong guess."""
        with self._lock:
            count, _ = self._wrong.get(subject, (0, 0.0))
            self._wrong[subject] = (count + 1, self._tick())

    def right(self, subject: str) -> None:
        """Forget the wrong guesses: the visitor knew it after all."""
        with self._lock:
            self._wrong.pop(subject, None)

"""Five wrong guesses, then a wait that doubles: for the PIN on a slip, and for an officer's."""

from __future__ import annotations

import threading
from collections.abc import Callable

TRIES = 5
FIRST_WAIT_SECONDS = 300.0
LONGEST_WAIT_SECONDS = 3600.0
"""24 guesses a day: six digits outlast a century, six characters of 32 the station. No longer, because
whoever knows an officer's number could otherwise keep him out for good."""


class Lockout:
    """Counts wrong guesses by subject. Units: `tick` gives monotonic seconds."""

    def __init__(self, tick: Callable[[], float]) -> None:
        self._tick = tick
        self._lock = threading.Lock()
        self._wrong: dict[str, tuple[int, float]] = {}

    def is_locked(self, subject: str) -> bool:
        """Say whether this subject must wait."""
        return self.seconds_left(subject) > 0

    def seconds_left(self, subject: str) -> float:
        """How long this subject must wait; then one more guess is free."""
        with self._lock:
            count, since = self._wrong.get(subject, (0, 0.0))
            return max(0.0, since + wait_after(count) - self._tick()) if count else 0.0

    def wrong(self, subject: str) -> int:
        """Note a wrong guess; returns how many there were."""
        with self._lock:
            count, _ = self._wrong.get(subject, (0, 0.0))
            self._wrong[subject] = (count + 1, self._tick())
            return count + 1

    def right(self, subject: str) -> None:
        """Forget the wrong guesses: it was known after all."""
        with self._lock:
            self._wrong.pop(subject, None)

    def remember(self, subject: str, count: int) -> None:
        """Take over what was counted before a restart, unless this subject is known; the wait begins anew."""
        with self._lock:
            if count:
                self._wrong.setdefault(subject, (count, self._tick()))


def wait_after(wrong: int) -> float:
    """Seconds to wait after so many wrong guesses."""
    if wrong < TRIES:
        return 0.0
    return min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** min(wrong - TRIES, 16))

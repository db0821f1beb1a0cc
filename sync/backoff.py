"""How long to wait before trying again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sync.faults import Unreachable

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)
LONGEST_KNOCK = timedelta(seconds=10)
"""Between two knocks at a line that does not carry: a knock is 2 kB, and nothing tells when to."""


def wait(attempts: int, random: Callable[[], float], longest: timedelta = LONGEST) -> timedelta:
    """Full jitter: anything up to 2 s after the first try, doubling, never more than `longest`.

    Units:  `random` returns 0 to 1, evenly.
    Source: the spread keeps a province of stations from coming back at the same second after a power cut.
    """
    doublings = min(max(attempts, 1) - 1, 10)  # 2 s doubled nine times is past the longest
    most: timedelta = min(FIRST * (1 << doublings), longest)
    return most * random()


@dataclass(slots=True)
class Breaker:
    """Keeps the queue away from a line that does not carry. While it is open, a knock is tried now and then.

    Shape: `is_open` from the fault that ended a round until somebody at the other end has answered a knock.
    Units: `ticks` counts seconds and never steps, unlike a wall clock.
    """

    random: Callable[[], float]
    ticks: Callable[[], float] = time.monotonic
    is_open: bool = field(default=False, init=False)
    _is_wish: bool = field(default=False, init=False)
    _until: float = field(default=0.0, init=False)
    _troubles: int = field(default=0, init=False)

    def lets_try(self) -> bool:
        """Say whether it is time for a round, or for a knock."""
        return self.ticks() >= self._until

    def learn(self, trouble: Unreachable | None, *, delivered: int = 0) -> None:
        """Take the outcome of a round or a knock into account; central's own wish goes before our guess."""
        if delivered or trouble is None:
            self._troubles = 0
        self.is_open = trouble is not None
        if trouble is None:
            return
        self._troubles += 1
        wish = trouble.retry_after_seconds
        self._is_wish = wish is not None
        longest = LONGEST if trouble.fault.is_centrals_answer else LONGEST_KNOCK
        guess = wait(self._troubles, self.random, longest).total_seconds()
        self._until = self.ticks() + (guess if wish is None else wish)

    def network_changed(self) -> None:
        """Knock at once: a way may have opened. What central asked for is kept."""
        if not self._is_wish:
            self._until, self._troubles = 0.0, 0

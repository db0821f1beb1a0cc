"""How long to wait before trying again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sync.faults import Unreachable

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)


def wait(attempts: int, random: Callable[[], float]) -> timedelta:
    """Full jitter: anything up to 2 s after the first try, doubling, never more than 15 min.

    Units:  `random` returns 0 to 1, evenly.
    Source: the spread keeps a province of stations from coming back at the same second after a power cut.
    """
    doublings = min(max(attempts, 1) - 1, 10)  # 2 s doubled nine times is past the longest
    longest: timedelta = min(FIRST * (1 << doublings), LONGEST)
    return longest * random()


@dataclass(slots=True)
class Patience:
    """How long to leave central alone after it was busy. A dead line is tried at every tick: it is cheap.

    Units: `ticks` counts seconds and never steps, unlike a wall clock.
    """

    random: Callable[[], float]
    ticks: Callable[[], float] = time.monotonic
    _until: float = field(default=0.0, init=False)
    _troubles: int = field(default=0, init=False)

    def is_over(self) -> bool:
        """Say whether the next round may begin."""
        return self.ticks() >= self._until

    def learn(self, trouble: Unreachable | None, *, delivered: int) -> None:
        """Take the outcome of a round into account; what central asked for goes before our own guess."""
        if delivered or trouble is None:
            self._troubles = 0
        if trouble is None or not trouble.fault.may_be_the_items_own:
            return
        self._troubles += 1
        wish = trouble.retry_after_seconds
        pause = wait(self._troubles, self.random).total_seconds() if wish is None else wish
        self._until = self.ticks() + pause

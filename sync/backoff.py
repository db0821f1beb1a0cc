"""How long to wait before trying again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

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

"""Noticing that the wall clock was moved: by a person, by the network, by a battery that died."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

STEP_SECONDS = 2.0
"""Clocks that are slewed drift 0.05 % at most: 2.5 ms in five seconds. Source: adjtimex(2), 500 ppm."""


@dataclass(slots=True)
class ClockWatch:
    """Compares the wall clock with one that never steps.

    Units: `ticks` counts seconds since some moment of this boot.
    """

    now: Callable[[], datetime]
    ticks: Callable[[], float] = time.monotonic
    _seen: tuple[datetime, float] = field(init=False)

    def __post_init__(self) -> None:
        self._seen = (self.now(), self.ticks())

    def look(self) -> bool:
        """Say whether the clock was moved since the last look."""
        wall, tick = self.now(), self.ticks()
        drift = (wall - self._seen[0]).total_seconds() - (tick - self._seen[1])
        self._seen = (wall, tick)
        return abs(drift) > STEP_SECONDS

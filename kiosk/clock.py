"""How far the wall clock may be believed: those of kiosks start in 1970, step and run ahead (P7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

STEP = timedelta(minutes=2)
"""A clock that is only being adjusted runs at most 0.05 % off: a minute in a day (adjtimex(2))."""

_BORN = datetime(2026, 11, 1, tzinfo=UTC)  # when this was written; no clock of a station shows less
_BEHIND, _AHEAD = timedelta(days=1), timedelta(days=2 * 365)  # of the last moment that central signed
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(slots=True)
class ClockJudge:
    """Watches the wall clock from the start on.

    Shape: `is_kept` is what kiosk.toml says: something keeps this clock right.
    Units: `now` gives UTC, `tick` monotonic seconds.
    """

    is_kept: bool
    now: Callable[[], datetime]
    tick: Callable[[], float]
    _began: datetime = field(init=False)
    _began_tick: float = field(init=False)
    _stepped: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._began, self._began_tick = self.now(), self.tick()

    def is_verified(self, central_time: datetime | None) -> bool:
        """Say whether the time may be called verified; `central_time` is the last that central signed.

        A clock that was moved since the start is not believed before the next one.
        """
        at = self.now()
        expected = self._began + timedelta(seconds=self.tick() - self._began_tick)
        self._stepped |= abs(at - expected) > STEP
        if not self.is_kept or self._stepped or at < _BORN:
            return False
        return central_time is None or central_time - _BEHIND <= at <= central_time + _AHEAD


def boot_id() -> str:
    """Name this boot of the machine, as the kernel does; this start of the program where it does not."""
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return uuid4().hex

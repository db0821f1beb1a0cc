"""The courier: one errand at a time that takes longer than anybody waits for an answer, in its own thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(slots=True)
class Errand:
    """What is being carried, or was carried last; only its own thread changes it.

    Shape: `outcome` is what came of it, `trouble` the code of why nothing did; both empty while it runs.
    Units: `total` and `done` count bytes; a total of 0 is not known yet.
    """

    kind: str
    folder: Path
    begun_at: datetime
    total: int = 0
    done: int = 0
    outcome: object | None = None
    trouble: str = ""

    @property
    def has_ended(self) -> bool:
        """Say whether the courier is back."""
        return self.outcome is not None or bool(self.trouble)

    @property
    def percent(self) -> int:
        """How far it is; 100 only when it has ended."""
        if self.has_ended:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0

    def carried(self, size: int) -> None:
        """Note that a piece is done."""
        self.done += size


class Courier:
    """Runs errands; a second one is not begun before the first has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._errand: Errand | None = None

    @property
    def errand(self) -> Errand | None:
        """The errand under way, or the last one."""
        return self._errand

    def send(self, errand: Errand, run: Callable[[Errand], None]) -> bool:
        """Begin it, unless one is under way; `run` raises nothing and leaves an outcome or a trouble."""
        with self._lock:
            if self._errand is not None and not self._errand.has_ended:
                return False
            self._errand = errand
        threading.Thread(target=run, args=(errand,), name="courier", daemon=True).start()
        return True

    def forget(self) -> None:
        """Forget what came of the last errand; one under way stays."""
        with self._lock:
            if self._errand is not None and self._errand.has_ended:
                self._errand = None

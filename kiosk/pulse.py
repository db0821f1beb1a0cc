"""The screen's sign of life: the page in the browser says every two seconds that it still runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beats:
    """How often the page has said so since serve started, and which screen it showed last."""

    count: int
    screen: str


class Pulse:
    """Counts. Whoever watches compares two counts; no clock is needed, so none can lie."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._beats = Beats(0, "")

    def beat(self, screen: str) -> None:
        """The page lives and shows this screen."""
        with self._lock:
            self._beats = Beats(self._beats.count + 1, screen)

    @property
    def beats(self) -> Beats:
        """What was heard so far."""
        return self._beats

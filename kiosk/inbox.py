"""What a hand-held reader has just read, until the page that asked for it comes to look."""

from __future__ import annotations

import threading
from collections.abc import Callable

FRESH_SECONDS = 3.0
"""A code read while another page was shown is not meant for this one."""


class Inbox:
    """Holds the newest code of any reader. Units: `tick` gives monotonic seconds."""

    def __init__(self, tick: Callable[[], float]) -> None:
        self._tick = tick
        self._lock = threading.Lock()
        self._code: bytes | None = None
        self._came_at = 0.0

    def put(self, code: bytes) -> None:
        """Called by the reader's own thread; a code nobody took is replaced."""
        with self._lock:
            self._code, self._came_at = code, self._tick()

    def take(self) -> bytes | None:
        """The newest code, once, while it is fresh."""
        with self._lock:
            code, self._code = self._code, None
            return code if self._tick() - self._came_at <= FRESH_SECONDS else None

"""`kiosk serve` asks itself for an answer, and only then tells systemd that it lives.

A process whose threads all hang is as bad as a dead one, and looks well from outside.
"""

from __future__ import annotations

import threading

from sync.notify import ALIVE, is_watched, notify

EVERY_SECONDS = 5.0
ANSWER_SECONDS = 4.0


class Lifeline:
    """A thread that asks `url` again and again. Does nothing where nobody watches."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin to ask."""
        if is_watched():
            threading.Thread(target=self._run, name="lifeline", daemon=True).start()

    def stop(self) -> None:
        """End with the next question."""
        self._stopped.set()

    def _run(self) -> None:
        import httpx  # noqa: PLC0415 - after the first page

        with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False) as client:
            while not self._stopped.wait(EVERY_SECONDS):
                try:
                    client.get(self._url).raise_for_status()
                except httpx.HTTPError:
                    continue  # enough of these, and systemd starts serve anew
                notify(ALIVE)

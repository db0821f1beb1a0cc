"""The print spooler: one thread, so that no visitor waits for paper and no two slips mix."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from hardware.protocols import Slip


@dataclass(frozen=True, slots=True, repr=False)
class PrintOrder:
    """A slip in memory and the declaration it belongs to."""

    uuid: str
    slip: Slip


class Spooler:
    """Takes orders and prints them one after the other.

    `print_one` does the work and keeps its own record; it raises nothing.
    """

    def __init__(self, print_one: Callable[[PrintOrder], None]) -> None:
        self._print_one = print_one
        self._orders: queue.SimpleQueue[PrintOrder | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="spooler", daemon=True)

    def start(self) -> None:
        """Begin to work through the orders."""
        self._thread.start()

    def submit(self, order: PrintOrder) -> None:
        """Leave an order; returns at once."""
        self._orders.put(order)

    def stop(self, seconds: float = 5.0) -> None:
        """Finish what was ordered, then end."""
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        while order := self._orders.get():
            self._print_one(order)

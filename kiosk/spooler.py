"""The print spooler: one thread, so that no visitor waits for paper and no two slips mix."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from hardware.protocols import Slip


@dataclass(slots=True)
class OwnSlip:
    """How far a slip has come that belongs to no declaration. Shape: a PrintState, and a Trouble or None."""

    state: str = "waiting"
    trouble: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PrintOrder:
    """A slip in memory and the declaration it belongs to: "" for one of the officer's own.

    Shape: `own` is where such a slip's state is kept; a slip of a rehearsal leaves no line in the journal.
    """

    uuid: str
    slip: Slip
    own: OwnSlip | None = None
    is_rehearsal: bool = False


class Spooler:
    """Takes orders and prints them one after the other.

    `print_one` does the work and keeps its own record; it raises nothing.
    """

    def __init__(self, print_one: Callable[[PrintOrder], None]) -> None:
        self._print_one = print_one
        self._orders: queue.SimpleQueue[PrintOrder | None] = queue.SimpleQueue()
        self._own: dict[str, OwnSlip] = {}
        self._thread = threading.Thread(target=self._run, name="spooler", daemon=True)

    def start(self) -> None:
        """Begin to work through the orders."""
        self._thread.start()

    def submit(self, order: PrintOrder) -> None:
        """Leave an order; returns at once."""
        if order.own is not None:
            self._own[order.slip.name] = order.own
        self._orders.put(order)

    def submit_own(self, slip: Slip) -> None:
        """Leave an order for a slip that belongs to no declaration."""
        self.submit(PrintOrder("", slip, OwnSlip()))

    def own(self, name: str) -> OwnSlip | None:
        """How far a slip of this name has come since the start, if it belongs to no declaration."""
        return self._own.get(name)

    def stop(self, seconds: float = 5.0) -> None:
        """Finish what was ordered, then end."""
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        while order := self._orders.get():
            self._print_one(order)

"""Doing the same work in several threads at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable


def side_by_side(lanes: int, work: Callable[[], None]) -> None:
    """Run `work` in so many threads and return when all of them have ended.

    The threads are daemons, and waiting for them can be interrupted: a signal ends the process at once,
    whatever dead line a thread waits for.
    Errors: those of `work`, of the lane that failed first.
    """
    failed: list[BaseException] = []

    def lane() -> None:
        try:
            work()
        except BaseException as why:  # noqa: BLE001  raised again below, by who waits
            failed.append(why)

    threads = [threading.Thread(target=lane, name=f"lane-{at}", daemon=True) for at in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]

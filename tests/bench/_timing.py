"""How long works take, told so that a busy minute of the machine spoils no comparison."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def medians_ms(*works: Callable[[], object], times: int = 60) -> list[float]:
    """Medians of works done in turn, so that a busy minute of the machine falls on all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, each in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            each.append((time.perf_counter() - began) * 1000)
    return [median(each) for each in taken]

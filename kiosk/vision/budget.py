"""Time as something to be spent: no step is begun that would cost more than what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_CAUTION = 2.0  # times what a step usually costs
_RESERVE = 0.15  # of the time, for what is not measured
_LATEST = 0.2  # weight of the latest run in what is usual

FIRST_COSTS = {
    "look": 6.0,
    "thorough": 8.0,
    "regions": 2.0,
    "sharp": 20.0,
    "zbar": 50.0,
    "opencv": 50.0,
    "finders": 20.0,
    "guess": 30.0,
    "settle": 6.0,
    "round": 8.0,
}
"""Milliseconds a megapixel looked at; a call for the last four. Every reader soon knows better.

Source: measured on two shared cores (docs/decisions.md).
"""


class Costs:
    """What each step has cost, milliseconds a unit of its size; shared by all threads that read."""

    def __init__(self, first: dict[str, float]) -> None:
        self._each = dict(first)

    def of(self, step: str, size: float) -> float:
        """Milliseconds the step may cost."""
        return self._each[step] * size

    def learn(self, step: str, size: float, milliseconds: float) -> None:
        """Take a run into account."""
        self._each[step] += _LATEST * (milliseconds / size - self._each[step])


class Budget:
    """The time for one picture."""

    def __init__(self, seconds: float, costs: Costs, clock: Callable[[], float]) -> None:
        self._costs = costs
        self._clock = clock
        self._start = clock()
        self._end = self._start + seconds
        self._reserve = _RESERVE * seconds

    @property
    def spent_ms(self) -> float:
        """Milliseconds since the picture came."""
        return (self._clock() - self._start) * 1000

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self._end - self._clock()

    def allows(self, step: str, size: float = 1) -> bool:
        """Whether a step may be begun."""
        return 1000 * (self.left - self._reserve) > _CAUTION * self._costs.of(step, size)

    @contextmanager
    def spending(self, step: str, size: float = 1) -> Iterator[None]:
        """Measure a step."""
        before = self._clock()
        yield
        self._costs.learn(step, size, (self._clock() - before) * 1000)

"""A small column chart, laid out here because the page may carry no style of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

COLUMN, HEIGHT = 60, 150
_USUAL = range(7, 18)  # office hours: a chart of one hour would look like a full day


@dataclass(frozen=True, slots=True)
class Column:
    """One hour. Units: of the drawing, whose columns are COLUMN wide and at most HEIGHT high."""

    hour: int
    number: int
    x: int
    height: int


def columns(by_hour: Mapping[int, int]) -> list[Column]:
    """Lay out the hours of a day: the office's, and those before and after in which something came."""
    most = max(by_hour.values(), default=0)
    first, last = min([*by_hour, _USUAL[0]]), max([*by_hour, _USUAL[-1]])
    return [
        Column(hour, by_hour.get(hour, 0), COLUMN * at, _height(by_hour.get(hour, 0), most))
        for at, hour in enumerate(range(first, last + 1))
    ]


def _height(number: int, most: int) -> int:
    return max(8, round(HEIGHT * number / most)) if number else 0

"""What the application counts itself: answers by screen, and how long they took."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from threading import Lock

from flask import Flask, Response, g, request

from kiosk.station import Station

BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds. Source: a touch is answered within 0.1 s, a photograph within 2 s (screens.md)."""


@dataclass(slots=True)
class Figures:
    """The figures of one application.

    Shape: `answers` by endpoint, method and status; `within` for each bucket, then for whatever took longer.
    Units: `seconds` of all answers together.
    """

    answers: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    within: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def count(self, answer: tuple[str, str, str], seconds: float) -> None:
        """Add one answer."""
        with self._lock:
            self.answers[answer] += 1
            self.within[bisect_left(BUCKETS, seconds)] += 1
            self.seconds += seconds

    def up_to(self) -> list[tuple[str, int]]:
        """How many answers took no longer than each bucket's bound, the last one without a bound."""
        bounds = [*map(str, BUCKETS), "+Inf"]
        return list(zip(bounds, accumulate(self.within), strict=True))


def count_on(app: Flask, station: Station) -> None:
    """Count every answer by screen, method and status; addresses and what was said are never kept."""
    figures = Figures()
    app.extensions["figures"] = figures

    @app.before_request
    def begin() -> None:
        g.began = station.tick()

    @app.after_request
    def count(response: Response) -> Response:
        answer = (request.endpoint or "none", request.method, str(response.status_code))
        figures.count(answer, station.tick() - g.began)
        return response

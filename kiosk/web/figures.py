"""What the application counts itself: answers by screen, and how long they took."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram

from kiosk.actions.measure import StationCollector
from kiosk.station import Station

BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds. Source: a touch is answered within 0.1 s, a photograph within 2 s (screens.md)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one application, those that are looked up included."""

    registry: CollectorRegistry
    answers: Counter
    seconds: Histogram


def count_on(app: Flask, station: Station) -> None:
    """Count every answer by screen, method and status; addresses and what was said are never kept."""
    figures = _figures(station)
    app.extensions["figures"] = figures

    @app.before_request
    def begin() -> None:
        g.began = station.tick()

    @app.after_request
    def count(response: Response) -> Response:
        figures.answers.labels(request.endpoint or "none", request.method, response.status_code).inc()
        figures.seconds.observe(station.tick() - g.began)
        return response


def _figures(station: Station) -> Figures:
    registry = CollectorRegistry()
    registry.register(StationCollector(station))
    labels = ["endpoint", "method", "status"]
    return Figures(
        registry,
        Counter("kiosk_answers", "answers by screen", labels, registry=registry),
        Histogram("kiosk_answer_seconds", "until the answer began", registry=registry, buckets=BUCKETS),
    )

"""The figures in Prometheus' words. Loaded when somebody asks for them, which few stations are."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from kiosk.actions.measure import StationCollector
from kiosk.station import Station
from kiosk.web.figures import Figures

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


def expose(station: Station, figures: Figures) -> bytes:
    """Write all figures, those that are looked up included. Errors: sqlite3.Error."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(StationCollector(station))
    registry.register(_AnswerCollector(figures))
    return generate_latest(registry)


class _AnswerCollector(Collector):
    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        labels = ["endpoint", "method", "status"]
        answers = CounterMetricFamily("kiosk_answers", "answers by screen", labels=labels)
        for answer, number in self._figures.answers.copy().items():
            answers.add_metric(answer, number)
        yield answers
        yield HistogramMetricFamily(
            "kiosk_answer_seconds",
            "until the answer began",
            buckets=self._figures.up_to(),
            sum_value=self._figures.seconds,
        )

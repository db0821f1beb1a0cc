"""Central's figures for Prometheus: counts and ages, never a person. For this machine only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector
from sqlite_utils import Database

from sync.central import chain, heartbeats, store
from sync.central.context import central, database
from sync.central.problems.requests import PageUnknown
from sync.times import read_stamp

bp = Blueprint("metrics", __name__)

_HERE = {"127.0.0.1", "::1"}


@bp.get("/metrics")
def show() -> Response:
    """Give every figure to who asks from this machine; to others there is no such address."""
    if request.remote_addr not in _HERE:
        raise PageUnknown
    registry = CollectorRegistry()
    registry.register(Figures(database(), central().now()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class Figures(Collector):
    """What the database says at one moment. Read at each question: several workers share it."""

    def __init__(self, db: Database, at: datetime) -> None:
        self._db, self._at = db, at

    def collect(self) -> Iterator[Metric]:
        """Yield every figure. Called by prometheus_client."""
        totals = store.totals(self._db)
        yield GaugeMetricFamily("central_stations", "Stations known.", value=totals.stations)
        yield GaugeMetricFamily("central_expected", "Announced, not here whole.", value=totals.expected)
        yield GaugeMetricFamily("central_received", "Declarations acknowledged.", value=totals.received)
        flaws = GaugeMetricFamily("central_chain_flaws", "Forks, breaks and gaps.", labels=["kind"])
        found = [flaw.kind for flaw in chain.flaws(self._db, self._at)]
        for kind in chain.FlawKind:
            flaws.add_metric([kind], found.count(kind))
        yield flaws
        yield from self._stations()

    def _stations(self) -> Iterator[Metric]:
        names = ["station"]
        silent = GaugeMetricFamily("central_station_silent_seconds", "Since its heartbeat.", labels=names)
        waiting = GaugeMetricFamily("central_station_waiting", "Items waiting there.", labels=names)
        for station, seen in heartbeats.last(self._db).items():
            silent.add_metric([station], (self._at - read_stamp(seen.at)).total_seconds())
            waiting.add_metric([station], seen.heartbeat.waiting)
        yield from (silent, waiting)

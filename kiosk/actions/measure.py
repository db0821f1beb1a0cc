"""How the station is, in numbers for whoever watches a fleet. Nothing about any person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kiosk.actions.begin import why_resting
from kiosk.actions.survey_queue import Survey, survey_queue
from kiosk.domain.lamp import Colour
from kiosk.station import Station


class StationCollector(Collector):
    """Looks anew at every scrape: the queue is written by another process too."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def collect(self) -> Iterator[Metric]:
        """Yield every figure. Called by prometheus_client. Errors: sqlite3.Error."""
        station = self._station
        survey = survey_queue(station.db_path, station.config.lamp, at=station.now())
        yield from _queue(survey)
        yield _line(survey)
        yield _gauge("kiosk_resting", "1 while no visit may begin", int(why_resting(station) is not None))
        free = shutil.disk_usage(station.db_path.parent).free
        yield _gauge("kiosk_disk_free_bytes", "free on the disk of the data folder", free)


def _queue(survey: Survey) -> Iterator[Metric]:
    family = GaugeMetricFamily("kiosk_declarations", "declarations by state", labels=["state"])
    family.add_metric(["waiting"], survey.waiting)
    family.add_metric(["put-aside"], survey.put_aside)
    family.add_metric(["delivered"], survey.delivered)
    yield family
    yield _gauge("kiosk_oldest_waiting_seconds", "since the oldest was pledged", survey.oldest_seconds or 0)
    lamp = GaugeMetricFamily("kiosk_lamp", "1 for the colour that is lit", labels=["colour"])
    for colour in Colour:
        lamp.add_metric([colour.value], int(survey.colour is colour))
    yield lamp


def _line(survey: Survey) -> Metric:
    family = GaugeMetricFamily("kiosk_line_up", "1 while central answers; else why not", labels=["trouble"])
    family.add_metric([survey.trouble or ""], int(survey.trouble is None))
    return family


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)

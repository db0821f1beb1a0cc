"""Begin a visit."""

from __future__ import annotations

import shutil

from kiosk.domain.declaration import Draft
from kiosk.problems import StationResting
from kiosk.station import Station
from kiosk.visits import Settings, Visit

MEGABYTE = 1_000_000


def begin(station: Station, settings: Settings) -> Visit:
    """Start a visit in memory.

    Errors: StationResting, so that nobody fills in a form which could not be saved.
    """
    if reason := why_resting(station):
        raise StationResting(reason)
    return station.visits.begin(Draft(station.procedure), settings)


def why_resting(station: Station) -> str:
    """Say in a word why no visit may begin; empty when one may."""
    if station.keys is None:
        return "no keys of central"
    free_mb = shutil.disk_usage(station.db_path.parent).free // MEGABYTE
    return f"disk: {free_mb} MB free" if free_mb < station.config.disk.floor_mb else ""

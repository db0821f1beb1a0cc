"""Begin a visit."""

from __future__ import annotations

from kiosk.ballast import MEGABYTE
from kiosk.domain.declaration import Draft
from kiosk.problems import StationResting
from kiosk.station import Station
from kiosk.visits import Settings, Visit


def begin(station: Station, settings: Settings) -> Visit:
    """Start a visit in memory.

    Errors: StationResting, so that nobody fills in a form which could not be saved.
    """
    station.ballast.lay()  # before anybody relies on it
    if reason := why_resting(station):
        raise StationResting(reason)
    return station.visits.begin(Draft(station.procedure), settings)


def why_resting(station: Station) -> str:
    """Say in a word why no visit may begin; empty when one may."""
    if station.keys is None:
        return "no keys of central"
    if not station.ballast.is_above_floor():
        return f"disk: {max(station.ballast.free(), 0) // MEGABYTE} MB free"
    return ""

"""What a view may reach for: the station, and the visit of the browser that asks."""

from __future__ import annotations

from flask import current_app, request

from kiosk.problems import VisitEnded
from kiosk.station import Station
from kiosk.visits import Settings, Visit

COOKIE = "kiosk_visit"
"""Cookies ignore ports: central's page on the same host must use another name."""


def station() -> Station:
    """The station this application was built for."""
    held: Station = current_app.extensions["station"]
    return held


def find_visit() -> Visit | None:
    """The visit of this browser, if it is still under way."""
    return station().visits.get(request.cookies.get(COOKIE))


def current_visit() -> Visit:
    """The visit of this browser, kept alive by this request unless the page asked by itself.

    Errors: VisitEnded.
    """
    visit = find_visit()
    if visit is None:
        raise VisitEnded
    if "HX-Poll" not in request.headers:
        station().visits.touch(visit)
    return visit


def settings() -> Settings:
    """How this visitor wants the screen; the defaults outside a visit."""
    visit = find_visit()
    return visit.settings if visit else Settings()

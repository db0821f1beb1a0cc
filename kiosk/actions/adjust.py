"""Change a setting of this station at its screen."""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.adjustments import Adjustment, Value
from kiosk.domain.text import composed, is_plausible
from kiosk.problems.officers import DefaultAgencyUnknown, HotlineWrong, PlaceNameWrong
from kiosk.problems.requests import RequestRefused
from kiosk.station import Station
from kiosk.store import journal
from kiosk.store.journal import Event
from sync.durable import open_db, writing

CHOICES: dict[Adjustment, tuple[Value, ...]] = {
    Adjustment.MODE: ("kiosk", "assisted"),
    Adjustment.IDLE: (60, 90, 120, 180),
    Adjustment.SOUND: ("off", "soft", "normal", "loud"),
}
"""What is chosen and not typed. A minute is what a slow reader needs; camera pages wait three anyway."""


def adjust(station: Station, which: Adjustment, text: str, *, by: str) -> None:
    """Let a setting be what was typed or chosen, from now on. `by` is the number of who does it.

    Errors: PlaceNameWrong, HotlineWrong, DefaultAgencyUnknown; RequestRefused, for what is no choice.
    """
    value = _READ.get(which, _chosen)(station, which, composed(text))
    station.adjustments.make(which, value)
    told = f"={value}" if which in CHOICES else ""  # a typed word could be anything
    with open_db(station.db_path) as db, writing(db):
        detail = f"{which}{told}".replace("_", "-")
        journal.note(db, Event.ADJUSTED, at=station.now(), subject=by, detail=detail)


def _chosen(_station: Station, which: Adjustment, text: str) -> Value:
    for value in CHOICES[which]:
        if str(value) == text:
            return value
    raise RequestRefused(which)


def _place_name(_station: Station, _which: Adjustment, text: str) -> str:
    if not 2 <= len(text) <= 40 or not is_plausible(text):
        raise PlaceNameWrong(f"{len(text)} characters")
    return text


def _hotline(_station: Station, _which: Adjustment, text: str) -> str:
    """As it was typed: the spaces say how a number is read out."""
    if not re.fullmatch(r"[0-9]( ?[0-9]){2,11}", text):
        raise HotlineWrong(f"{len(text)} characters")
    return text


def _agency(station: Station, _which: Adjustment, text: str) -> str:
    agency = station.directory.find(text)
    if agency is None or not agency.holds_on(station.verified_day()):
        raise DefaultAgencyUnknown("not in the directory")
    return agency.code


_READ: dict[Adjustment, Callable[[Station, Adjustment, str], Value]] = {
    Adjustment.NAME: _place_name,
    Adjustment.HOTLINE: _hotline,
    Adjustment.AGENCY: _agency,
}

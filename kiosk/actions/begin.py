"""Begin a visit."""

from __future__ import annotations

from kiosk.ballast import MEGABYTE
from kiosk.domain.draft import Draft
from kiosk.domain.procedures import About
from kiosk.problems.answers import ProcedureUnknown
from kiosk.problems.visit import StationResting, VisitUnderWay
from kiosk.station import Station
from kiosk.visits import Settings, Visit


def begin_next(station: Station, before: Visit | None, settings: Settings, procedure_id: str = "") -> Visit:
    """Start what follows `before` in the same browser: a visit, or after a rehearsal the next rehearsal.

    Errors: as of `begin` and `begin_rehearsal`.
    """
    return (begin_rehearsal if is_kept_in(before) else begin)(station, settings, procedure_id)


def is_kept_in(before: Visit | None) -> bool:
    """True in a rehearsal: nobody slips out of it into a visit that counts, but by leaving."""
    return before is not None and before.is_rehearsal


def begin(station: Station, settings: Settings, procedure_id: str = "") -> Visit:
    """Start a visit in memory, for the station's first procedure unless another is named.

    Errors: StationResting, so that nobody fills in a form which could not be saved; ProcedureUnknown.
    """
    station.ballast.lay()  # before anybody relies on it
    if reason := why_resting(station):
        raise StationResting(reason)
    return station.visits.begin(_draft(station, procedure_id), settings)


def begin_rehearsal(station: Station, settings: Settings, procedure_id: str = "") -> Visit:
    """Start a visit that nothing will come of; a station that rests may be learnt on, too.

    Errors: VisitUnderWay, so that nobody's answers are wiped for it; ProcedureUnknown.
    """
    under_way = station.visits.under_way
    if under_way is not None and not under_way.is_rehearsal:
        raise VisitUnderWay("rehearsal")
    return station.visits.begin(_draft(station, procedure_id), settings, is_rehearsal=True)


def _draft(station: Station, procedure_id: str) -> Draft:
    """An empty draft; an adult's has no card to hint at an agency, so it starts with the station's own."""
    wanted = procedure_id or station.procedures.first.id
    day = station.verified_day()
    procedure = next((each for each in station.procedures.offered_on(day) if each.id == wanted), None)
    if procedure is None:
        raise ProcedureUnknown(f"offered: {len(station.procedures.all)}")
    preset = station.directory.preset(None, station.config.agency.default, day)
    fields = (page.field for page in procedure.pages if page.field)
    return Draft(
        procedure,
        agency=preset.code if preset and procedure.about is About.ADULT else None,
        answers={field.id: field.usual for field in fields if field.usual},
    )


def why_resting(station: Station) -> str:
    """Say in a word why no visit may begin; empty when one may."""
    if station.keys is None:
        return "no keys of central"
    if station.keys.key_set.is_older_than(station.config.central.keys_refuse_days, station.now()):
        return "central's keys are too old"
    if not station.ballast.is_above_floor():
        return f"disk: {max(station.ballast.free(), 0) // MEGABYTE} MB free"
    return ""

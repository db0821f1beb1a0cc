"""Leave the station, or go on with another child."""

from __future__ import annotations

from kiosk.actions.scan_card import number_of
from kiosk.domain.steps import Step
from kiosk.problems.visit import StepSkipped
from kiosk.station import Station
from kiosk.visits import Visit


def leave(station: Station, visit_id: str | None) -> None:
    """Forget everything of a visit. Safe to call for one that is gone."""
    station.visits.leave(visit_id)


def another_child(visit: Visit) -> None:
    """Start over with the same guardian; the child just declared is remembered by number only.

    Errors: StepSkipped, when nothing has been pledged yet.
    """
    if visit.given is None:
        raise StepSkipped("no receipt yet")
    child = visit.draft.child
    if child is not None:
        visit.declared |= {number_of(child)}
    visit.draft = visit.draft.for_another_child()
    visit.typed = {(step, name): each for (step, name), each in visit.typed.items() if step is not Step.CHILD}
    visit.given = visit.replaces = None

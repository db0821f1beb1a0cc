"""Mend what was declared: a new visit whose declaration stands for the one whose receipt is held."""

from __future__ import annotations

from kiosk.actions.begin import begin, is_kept_in
from kiosk.actions.look_up import find_by_pin, standing_of
from kiosk.domain.progress import SETTLED
from kiosk.problems.receipts import TooLateToMend
from kiosk.problems.visit import StepSkipped
from kiosk.station import Station
from kiosk.visits import Settings, Visit


def begin_again(
    station: Station, before: Visit | None, settings: Settings, code_text: str, pin_text: str
) -> Visit:
    """Start the procedure of a declaration anew. The old one counts until the new one is pledged.

    Its answers are sealed: nobody here can read them, so everything is asked again.
    Errors: StepSkipped, in a rehearsal; ReceiptUnknown; TooManyTries; StationResting; ProcedureUnknown;
            TooLateToMend, when it was approved, withdrawn or mended already.
    """
    if is_kept_in(before):
        raise StepSkipped("rehearsal")
    declaration = find_by_pin(station, code_text, pin_text)
    if standing_of(station, declaration).progress in SETTLED:
        raise TooLateToMend
    visit = begin(station, settings, declaration.procedure)
    visit.replaces = declaration.uuid
    return visit

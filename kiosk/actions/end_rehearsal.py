"""The pledge of a rehearsal: a receipt to look at and a marked slip. Nothing is sealed, stored or queued."""

from __future__ import annotations

from kiosk.actions.compose_slip import ReceiptFacts, compose_slip
from kiosk.actions.secrets import new_secrets
from kiosk.domain.receipt import ReceiptCode, ReceiptQr
from kiosk.problems.visit import StepSkipped
from kiosk.spooler import OwnSlip, PrintOrder
from kiosk.station import Station
from kiosk.store.journal import stamp
from kiosk.visits import Given, Visit


def end_rehearsal(station: Station, visit: Visit) -> Given:
    """Give what a visitor would be given. Its number is 0, which no declaration has: nobody can look it up.

    Errors: StepSkipped, when an answer is missing.
    """
    if missing := visit.draft.missing():
        raise StepSkipped(", ".join(missing))
    secrets, at, own = new_secrets(), station.now(), OwnSlip()
    agency = station.directory.find(visit.draft.agency)
    facts = ReceiptFacts(
        qr=ReceiptQr(ReceiptCode.of(station.config.station.id, 0), secrets.token),
        pin=secrets.pin,
        sealed_at=at,
        agency=agency,
        procedure=visit.draft.procedure,
        language=visit.settings.language,
        is_rehearsal=True,
    )
    station.spooler.submit(PrintOrder("", compose_slip(station, facts), own, is_rehearsal=True))
    return Given("", facts.qr, facts.pin, stamp(at), visit.draft.agency or "", own)

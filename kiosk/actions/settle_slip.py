"""Close the question of a slip: the officer says that the parent has it, or needs none."""

from __future__ import annotations

from kiosk.actions.look_up import read_receipt_code
from kiosk.problems.receipts import ReceiptUnknown
from kiosk.station import Station
from kiosk.store import declarations, journal, print_jobs
from kiosk.store.journal import Event
from kiosk.store.print_jobs import PrintState
from sync.durable import open_db, writing

_SETTLED = {PrintState.INTERRUPTED: PrintState.PRINTED, PrintState.FAILED: PrintState.DISMISSED}
"""It may have come out, and then it has; or it has not, and is not wanted. Any other state is no question."""


def settle_slip(station: Station, code_text: str) -> None:
    """Take a slip off the officer's list.

    Errors: ReceiptUnknown.
    """
    code = read_receipt_code(code_text)
    with open_db(station.db_path) as db, writing(db):
        declaration = declarations.by_receipt(db, code.text)
        job = print_jobs.get(db, declaration.uuid) if declaration else None
        if job is None:
            raise ReceiptUnknown("settle")
        settled = _SETTLED.get(PrintState(job.state))
        if settled is not None:
            print_jobs.mark(db, job.uuid, settled, at=station.now())
            journal.note(db, Event.SLIP_SETTLED, at=station.now(), subject=code.text, detail=settled.value)

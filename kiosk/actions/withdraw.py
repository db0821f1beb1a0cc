"""Take a declaration back: a wrong phone number noticed at the door. It travels as the declaration does."""

from __future__ import annotations

from sqlite_utils import Database

from kiosk.actions.look_up import find_by_pin, standing_of
from kiosk.actions.queue_notice import queue_notice
from kiosk.actions.standing import Standing
from kiosk.domain.progress import Progress
from kiosk.problems.receipts import TooLateToMend, TooLateToWithdraw
from kiosk.problems.visit import StationResting
from kiosk.station import Station
from kiosk.store import journal
from kiosk.store.declarations import SealedDeclaration
from kiosk.store.journal import Event
from sync import outbox
from sync.durable import open_db, writing
from sync.outbox import Kind, State
from sync.wake import ring


def withdraw(station: Station, code_text: str, pin_text: str) -> Standing:
    """Queue the withdrawal of a declaration for whoever holds its receipt. Pressing twice is one withdrawal.

    Errors: ReceiptUnknown; TooManyTries; TooLateToWithdraw, when it was accepted; TooLateToMend, when another
            stands for it; StationResting.
    """
    declaration = find_by_pin(station, code_text, pin_text)
    if station.keys is None:
        raise StationResting("no keys of central")
    progress = standing_of(station, declaration).progress
    if progress is Progress.ACCEPTED:
        raise TooLateToWithdraw
    if progress is Progress.REPLACED:
        raise TooLateToMend
    with open_db(station.db_path) as db, writing(db):
        if not _is_queued(db, declaration):
            queue_notice(station, station.keys, db, declaration)
            journal.note(db, Event.WITHDRAWN, at=station.now(), subject=declaration.receipt_code)
    ring(station.parcels.root)
    return standing_of(station, declaration)


def _is_queued(db: Database, declaration: SealedDeclaration) -> bool:
    notice = outbox.following(db, declaration.seq, Kind.WITHDRAWAL)
    return notice is not None and notice.state is not State.QUARANTINED

"""An officer logs in: number and PIN, a wait that doubles after wrong ones, a line in the journal."""

from __future__ import annotations

import threading

from kiosk.actions.pins import proves
from kiosk.problems.officers import LoginLocked, LoginRefused
from kiosk.shifts import Shift
from kiosk.station import Station
from kiosk.store import journal, officers
from kiosk.store.journal import Event
from kiosk.store.officers import KnownOfficer
from sync.durable import open_db, writing

_one_guess = threading.Lock()  # else many at once would all find the door still open


def log_in(station: Station, number: str, digits: str) -> Shift:
    """Begin the shift of whoever this is.

    Errors: LoginRefused, the same for an unknown number and a wrong PIN; LoginLocked, after five wrong ones.
    """
    with _one_guess:
        known = _find(station, number)
        # All unknown numbers wait together: else trying numbers would be free.
        subject = subject_of(known.officer.number if known else "")
        if known and not known.wrong:
            station.lockout.right(subject)  # another PIN was given, maybe by a command
        station.lockout.remember(subject, known.wrong if known else 0)
        if station.lockout.is_locked(subject):
            raise LoginLocked("pin")
        is_right = proves(known.pin_hash if known else None, digits)
        _note(station, known, 0 if is_right else station.lockout.wrong(subject))
    if known is None or not is_right:
        raise LoginRefused("wrong number or pin")
    station.lockout.right(subject)
    return station.shifts.begin(known.officer, known.pin_hash)


def may_still(station: Station, shift: Shift) -> bool:
    """Say whether the officer is still one, in the same role and with the same PIN; else the shift ends."""
    known = _find(station, shift.officer.number)
    if known is not None and (known.officer, known.pin_hash) == (shift.officer, shift.pin_hash):
        return True
    station.shifts.end(shift)
    return False


def seconds_to_wait(station: Station, number: str) -> float:
    """How long nobody may log in with this number."""
    return station.lockout.seconds_left(subject_of(number if _find(station, number) else ""))


def subject_of(number: str) -> str:
    """What the lock-out calls an officer; no receipt is called so."""
    return f"officer {number}"


def _find(station: Station, number: str) -> KnownOfficer | None:
    with open_db(station.db_path) as db:
        return officers.find(db, number)


def _note(station: Station, known: KnownOfficer | None, wrong: int) -> None:
    event, number = Event.LOGIN_REFUSED if wrong else Event.LOGGED_IN, ""
    with open_db(station.db_path) as db, writing(db):
        if known:
            number = known.officer.number
            officers.count_wrong(db, number, wrong)
        journal.note(db, event, at=station.now(), subject=number, detail=str(wrong or ""))

"""Who may log in at this station: officers come and go, PINs change. Each leaves a line in the journal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from kiosk.actions.pins import hash_pin
from kiosk.domain.officers import Officer, Pin, Role
from kiosk.problems.officers import LastAdministrator, OfficerKnown, OfficerUnknown
from kiosk.store import journal, officers
from kiosk.store.journal import Event
from sync.durable import open_db, writing

TERMINAL = "terminal"
"""Who did it, where nobody was logged in: whoever may run commands on the machine."""


def list_officers(db_path: Path) -> list[Officer]:
    """Everybody who may log in, by number."""
    with open_db(db_path) as db:
        return officers.everybody(db)


def add_officer(db_path: Path, officer: Officer, pin: Pin, *, at: datetime, by: str = TERMINAL) -> None:
    """Let somebody log in. `by` is the number of who does it.

    Errors: OfficerKnown, when the number is taken.
    """
    pin_hash = hash_pin(pin)
    with open_db(db_path) as db, writing(db):
        if officers.find(db, officer.number):
            raise OfficerKnown(officer.number)
        officers.add(db, officer, pin_hash)
        _note(db, Event.OFFICER_ADDED, officer.number, f"{officer.role}-{by}", at)


def remove_officer(db_path: Path, number: str, *, at: datetime, by: str = TERMINAL) -> None:
    """Let somebody log in no more.

    Errors: OfficerUnknown; LastAdministrator, without whom nobody could add another on the screen.
    """
    with open_db(db_path) as db, writing(db):
        officer = _find(db, number)
        left = [each for each in officers.everybody(db) if each != officer]
        if officer.role is Role.ADMINISTRATOR and not any(each.role is Role.ADMINISTRATOR for each in left):
            raise LastAdministrator(number)
        officers.remove(db, number)
        _note(db, Event.OFFICER_REMOVED, number, by, at)


def change_pin(db_path: Path, number: str, pin: Pin, *, at: datetime, by: str = TERMINAL) -> None:
    """Give an officer another PIN; wrong guesses at the old one are forgotten.

    Errors: OfficerUnknown.
    """
    pin_hash = hash_pin(pin)
    with open_db(db_path) as db, writing(db):
        officers.change_pin(db, _find(db, number).number, pin_hash)
        _note(db, Event.PIN_CHANGED, number, by, at)


def _find(db: Database, number: str) -> Officer:
    known = officers.find(db, number)
    if known is None:
        raise OfficerUnknown("not among the officers")
    return known.officer


def _note(db: Database, event: Event, number: str, detail: str, at: datetime) -> None:
    journal.note(db, event, at=at, subject=number, detail=detail)

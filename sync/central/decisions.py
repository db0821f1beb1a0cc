"""Accepting, returning and withdrawing declarations. What is decided stays decided."""

from __future__ import annotations

from sync.central import events, store
from sync.central.events import Teller
from sync.central.store import Stored
from sync.durable import writing
from sync.event import Kind, Reason

FIELDS = ("agency", "bhxh-number", "full-name", "personal-id", "phone")
"""Answers that can be returned besides photos. Source: the reasons VssID gives for returned declarations."""


class CannotDecide(Exception):
    """The decision does not fit the declaration; the message says why."""


def accept(teller: Teller, stored: Stored) -> None:
    """Approve a declaration. Safe to repeat.

    Errors: CannotDecide.
    """
    _decide(teller, stored, Kind.ACCEPTED)


def send_back(teller: Teller, stored: Stored, reasons: tuple[Reason, ...]) -> None:
    """Return a declaration with everything that must be mended. Safe to repeat.

    Errors: CannotDecide, also for a part that the declaration does not have.
    """
    photos = {part.name.split(".")[0] for part in stored.opened().parts}
    known = sorted(photos | set(FIELDS))
    for reason in reasons:
        if reason.part not in known:
            raise CannotDecide(f"{reason.part} is no part of this declaration; it has: {', '.join(known)}")
    if not reasons:
        raise CannotDecide("say what must be mended: --part and --reason")
    _decide(teller, stored, Kind.RETURNED, reasons)


def withdraw(teller: Teller, stored: Stored) -> None:
    """Take a declaration back, at the wish of who made it, whole or not. Safe to repeat.

    Errors: CannotDecide, when it was accepted.
    """
    _decide(teller, stored, Kind.WITHDRAWN)


def note_withdrawal(teller: Teller, station: str, declaration: str) -> None:
    """Do what a station's withdrawal says, early or late. The caller holds the transaction.

    Errors: CannotDecide, when it was accepted.
    """
    before = events.decision(teller.db, declaration)
    if before is not None and before.kind is Kind.ACCEPTED:
        raise CannotDecide("accepted already")
    if before is None or before.kind is not Kind.WITHDRAWN:
        teller.tell(Kind.WITHDRAWN, station, declaration)


def _decide(teller: Teller, stored: Stored, kind: Kind, reasons: tuple[Reason, ...] = ()) -> None:
    with writing(teller.db):
        before = events.decision(teller.db, stored.uuid)
        if before is not None and (before.kind, before.reasons) == (kind, reasons):
            return
        if before is not None and not (kind is Kind.WITHDRAWN and before.kind is Kind.RETURNED):
            raise CannotDecide(f"{stored.receipt_code} is {before.kind} already")
        if kind is not Kind.WITHDRAWN and store.is_replaced(teller.db, stored.uuid):
            raise CannotDecide(f"{stored.receipt_code} was replaced by a later declaration; decide that one")
        if kind is not Kind.WITHDRAWN and stored.received_at is None:
            raise CannotDecide(f"{stored.receipt_code} has not arrived whole")
        teller.tell(kind, stored.station, stored.uuid, reasons)

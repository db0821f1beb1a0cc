"""Say how far a declaration has come, to whoever holds its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlite_utils import Database

from kiosk.actions.secrets import pin_fits, token_fits
from kiosk.domain.progress import Progress
from kiosk.domain.reasons import reason_in_words
from kiosk.domain.receipt import MalformedReceipt, ReceiptCode, ReceiptQr, as_printed
from kiosk.problems import ReceiptUnknown, TooManyTries
from kiosk.station import Station
from kiosk.store import declarations
from kiosk.store.declarations import SealedDeclaration
from sync import events, outbox
from sync.durable import open_db
from sync.event import Event, Kind


class Reached(NamedTuple):
    """How far a declaration has come, when central received it, and why it came back, in words."""

    progress: Progress
    received_at: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a declaration stands, as far as this station knows. No personal data.

    Units: times are UTC text; `received_at` is central's, absent until its acknowledgement came.
    """

    code: ReceiptCode
    procedure: str
    sealed_at: str
    progress: Progress
    received_at: str | None
    reasons: tuple[str, ...]


def look_up_by_pin(station: Station, code_text: str, pin_text: str) -> Standing:
    """Look up by what is printed: code and PIN, in any spelling a person may type.

    Errors: ReceiptUnknown, the same for an unknown code and a wrong PIN; TooManyTries.
    """
    return standing_of(station, find_by_pin(station, code_text, pin_text))


def find_by_pin(station: Station, code_text: str, pin_text: str) -> SealedDeclaration:
    """Find the declaration whose receipt the visitor holds.

    Errors: as `look_up_by_pin`.
    """
    declaration = _find(station, code_text)
    if station.lockout.is_locked(declaration.receipt_code):
        raise TooManyTries("pin")
    if not pin_fits(declaration, as_printed(pin_text)):
        station.lockout.wrong(declaration.receipt_code)
        raise ReceiptUnknown("wrong pin")
    station.lockout.right(declaration.receipt_code)
    return declaration


def look_up_by_qr(station: Station, qr: ReceiptQr) -> Standing:
    """Look up by the QR of the slip; the token in it cannot be guessed.

    Errors: ReceiptUnknown.
    """
    declaration = _find(station, qr.code.text)
    if not token_fits(declaration, qr.token):
        raise ReceiptUnknown("wrong token")
    return standing_of(station, declaration)


def _find(station: Station, code_text: str) -> SealedDeclaration:
    try:
        code = ReceiptCode.typed(code_text)
    except MalformedReceipt as why:
        raise ReceiptUnknown("not a receipt code") from why
    with open_db(station.db_path) as db:
        declaration = declarations.by_receipt(db, code.text)
    if declaration is None:
        raise ReceiptUnknown("not of this station")
    return declaration


def standing_of(station: Station, declaration: SealedDeclaration) -> Standing:
    """Where a declaration of this station stands."""
    with open_db(station.db_path) as db:
        reached = reached_by(db, declaration.uuid)
    code = ReceiptCode(declaration.receipt_code)
    return Standing(code, declaration.procedure, declaration.sealed_at, *reached)


def reached_by(db: Database, uuid: str) -> Reached:
    """How far a declaration has come: what the queue knows, then what central decided."""
    entry, decided = outbox.entry(db, uuid), events.newest(db, uuid)
    received_at = entry.delivered_at if entry else None
    if _is_being_withdrawn(db, entry, decided):
        return Reached(Progress.WITHDRAWING, received_at, ())
    if decided is not None:
        reasons = tuple(reason_in_words(each.part, each.reason) for each in decided.reasons)
        return Reached(Progress(decided.kind.value), received_at, reasons)
    if entry is None or entry.state in {outbox.State.DELIVERED, outbox.State.WITHDRAWN}:
        return Reached(Progress.RECEIVED, received_at, ())
    if entry.state is outbox.State.QUARANTINED:
        return Reached(Progress.QUARANTINED, None, ())
    return Reached(Progress.SENDING if entry.is_claimed else Progress.SAVED, None, ())


def _is_being_withdrawn(db: Database, entry: outbox.Entry | None, decided: Event | None) -> bool:
    """Whether a withdrawal is on its way. Once central has decided, its word goes before ours."""
    if entry is None or (decided is not None and decided.kind is not Kind.RETURNED):
        return False
    notice = outbox.following(db, entry.seq, outbox.Kind.WITHDRAWAL)
    return notice is not None and notice.state is not outbox.State.QUARANTINED

"""Say how far a declaration has come, to whoever holds its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlite_utils import Database

from kiosk.actions.ask_central import ask_by_pin, ask_by_token
from kiosk.actions.secrets import pin_fits, token_fits
from kiosk.actions.standing import Standing
from kiosk.domain.progress import Progress
from kiosk.domain.reasons import reason_in_words
from kiosk.domain.receipt import MalformedReceipt, ReceiptCode, ReceiptQr, as_printed
from kiosk.problems.receipts import CentralSilent, ReceiptUnknown, TooManyTries
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


def look_up_by_pin(station: Station, code_text: str, pin_text: str) -> Standing:
    """Look up by what is printed: code and PIN, in any spelling a person may type.

    What is not known here, central is asked for.
    Errors: ReceiptUnknown, the same for an unknown code and a wrong PIN; TooManyTries; CentralSilent, for
            another station's receipt while there is no line.
    """
    code = read_receipt_code(code_text)
    if declaration := _kept(station, code):
        return standing_of(station, _with_pin(station, declaration, pin_text))
    with _silence_of_central(station, code):
        return ask_by_pin(station, code, as_printed(pin_text))


def find_by_pin(station: Station, code_text: str, pin_text: str) -> SealedDeclaration:
    """Find the declaration whose receipt the visitor holds.

    Errors: ReceiptUnknown, also for another station's; TooManyTries.
    """
    declaration = _kept(station, read_receipt_code(code_text))
    if declaration is None:
        raise ReceiptUnknown("not of this station")
    return _with_pin(station, declaration, pin_text)


def _with_pin(station: Station, declaration: SealedDeclaration, pin_text: str) -> SealedDeclaration:
    if station.lockout.is_locked(declaration.receipt_code):
        raise TooManyTries("pin")
    if not pin_fits(declaration, as_printed(pin_text)):
        station.lockout.wrong(declaration.receipt_code)
        raise ReceiptUnknown("wrong pin")
    station.lockout.right(declaration.receipt_code)
    return declaration


def look_up_by_qr(station: Station, qr: ReceiptQr, *, may_ask: bool = True) -> Standing:
    """Look up by the QR of the slip; the token in it cannot be guessed.

    Shape: `may_ask` central about what is not known here; a picture that is looked at by itself asks once.
    Errors: ReceiptUnknown; CentralSilent.
    """
    declaration = _kept(station, qr.code)
    if declaration is None:
        with _silence_of_central(station, qr.code):
            if not may_ask:
                raise CentralSilent("asked a moment ago")
            return ask_by_token(station, qr.code, qr.token)
    if not token_fits(declaration, qr.token):
        raise ReceiptUnknown("wrong token")
    return standing_of(station, declaration)


def read_receipt_code(code_text: str) -> ReceiptCode:
    """What was typed, as a code.

    Errors: ReceiptUnknown, for what can be none.
    """
    try:
        return ReceiptCode.typed(code_text)
    except MalformedReceipt as why:
        raise ReceiptUnknown("not a receipt code") from why


def _kept(station: Station, code: ReceiptCode) -> SealedDeclaration | None:
    with open_db(station.db_path) as db:
        return declarations.by_receipt(db, code.text)


@contextmanager
def _silence_of_central(station: Station, code: ReceiptCode) -> Iterator[None]:
    """Of a receipt with our own number we need no line to say that we do not know it."""
    try:
        yield
    except CentralSilent as why:
        if code.station == station.config.station.id:
            raise ReceiptUnknown("not of this station, and central is silent") from why
        raise


def standing_of(station: Station, declaration: SealedDeclaration) -> Standing:
    """Where a declaration of this station stands."""
    with open_db(station.db_path) as db:
        reached = reached_by(db, declaration.uuid)
    code = ReceiptCode(declaration.receipt_code)
    return Standing(code, declaration.procedure, declaration.sealed_at, *reached)


def reached_by(db: Database, uuid: str) -> Reached:
    """How far a declaration has come: what the queue knows, then what central decided.

    One that another stands for is told as such, unless central decided otherwise before it knew.
    """
    entry, decided = outbox.entry(db, uuid), events.newest(db, uuid)
    received_at = entry.delivered_at if entry else None
    if (decided is None or decided.kind is Kind.RETURNED) and declarations.is_replaced(db, uuid):
        return Reached(Progress.REPLACED, received_at, ())
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

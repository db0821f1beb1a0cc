"""Give the visitor the paper. Comes after the commit, and may fail without harm."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from hardware.protocols import DeviceError, ReceiptPrinter, Trouble
from kiosk.actions.compose_slip import ReceiptFacts, compose_slip
from kiosk.actions.look_up import reached_by, read_receipt_code
from kiosk.actions.queue_notice import queue_notice
from kiosk.actions.secrets import new_secrets
from kiosk.domain.receipt import ReceiptQr
from kiosk.problems.receipts import ReceiptUnknown
from kiosk.spooler import PrintOrder
from kiosk.station import Station
from kiosk.store import declarations, journal, print_jobs
from kiosk.store.journal import Event
from kiosk.store.print_jobs import PrintState
from sync import outbox
from sync.durable import open_db, writing
from sync.envelope import BadDocument
from sync.manifest import BadManifest, read_manifest
from sync.wake import ring

log = logging.getLogger(__name__)

_SAID_INSTEAD = {Trouble.UNSURE: PrintState.INTERRUPTED, Trouble.NO_PRINTER: PrintState.DISMISSED}


def print_one(printer: ReceiptPrinter, db_path: Path, now: Callable[[], datetime], order: PrintOrder) -> None:
    """Print one slip and note how it went. Runs in the spooler's thread."""
    _note(db_path, order, PrintState.PRINTING, now())
    try:
        printer.print_slip(order.slip)
    except DeviceError as why:
        state = _SAID_INSTEAD.get(why.trouble, PrintState.FAILED)
        _note(db_path, order, state, now(), trouble=why.trouble.value)
    except Exception as why:  # noqa: BLE001 - whatever it is, the next slip must come out
        log.error("a slip was not printed: %s", type(why).__name__)  # noqa: TRY400 - its text may hold words of the slip
        _note(db_path, order, PrintState.INTERRUPTED, now())
    else:
        _note(db_path, order, PrintState.PRINTED, now())


def reprint(station: Station, code_text: str) -> None:
    """Print a slip again after its visitor left, with a new token and PIN: nobody here knows the old ones.

    Nothing happens while one is on its way.

    Errors: ReceiptUnknown.
    """
    code, secrets = read_receipt_code(code_text), new_secrets()
    with open_db(station.db_path) as db, writing(db):
        declaration = declarations.by_receipt(db, code.text)
        job = print_jobs.get(db, declaration.uuid) if declaration else None
        if declaration is None or job is None:
            raise ReceiptUnknown("reprint")
        if job.state in (PrintState.WAITING, PrintState.PRINTING):
            return  # asked twice: one is on its way
        declarations.replace_secrets(
            db,
            declaration.uuid,
            pin_salt=secrets.pin_salt,
            pin_scrypt=secrets.pin_scrypt,
            token_sha256=secrets.token_sha256,
        )
        print_jobs.mark(db, declaration.uuid, PrintState.WAITING, at=station.now())
        journal.note(db, Event.REPRINTED, at=station.now(), subject=code.text)
        progress, _, reasons = reached_by(db, declaration.uuid)
        clock_verified = _was_clock_verified(db, declaration.uuid)
        if station.keys is not None:  # so that the lost slip opens nothing at central either
            queue_notice(station, station.keys, db, declaration, slip=secrets)
    ring(station.parcels.root)
    facts = ReceiptFacts(
        qr=ReceiptQr(code, secrets.token),
        pin=secrets.pin,
        sealed_at=datetime.fromisoformat(declaration.sealed_at),
        agency=station.directory.find(declaration.agency),
        procedure=station.procedures.find(declaration.procedure) or station.procedures.first,
        language="vi",
        progress=progress,
        reasons=reasons,
        clock_verified=clock_verified,
        copies=job.copies + (job.state == PrintState.INTERRUPTED),  # which may have come out
    )
    station.spooler.submit(PrintOrder(declaration.uuid, compose_slip(station, facts)))


def _was_clock_verified(db: Database, uuid: str) -> bool:
    """What the manifest says of the clock at the pledge; it may be gone or damaged by now."""
    entry = outbox.entry(db, uuid)
    try:
        return entry is not None and read_manifest(entry.manifest).clock_verified
    except (BadDocument, BadManifest):
        return False


def _note(
    db_path: Path, order: PrintOrder, state: PrintState, at: datetime, trouble: str | None = None
) -> None:
    """Note it. A database that cannot be written must not end the spooler; the next start asks about it."""
    if order.own is not None:
        order.own.state, order.own.trouble = state.value, trouble
    if order.is_rehearsal:
        return
    event = {PrintState.PRINTED: Event.PRINTED, PrintState.FAILED: Event.PRINT_FAILED}.get(state)
    try:
        with open_db(db_path) as db, writing(db):
            print_jobs.mark(db, order.uuid, state, at=at, trouble=trouble)
            if event:
                journal.note(db, event, at=at, subject=order.slip.name, detail=trouble or "")
    except sqlite3.Error as why:
        log.warning("the state of a slip was not written down: %s", why)

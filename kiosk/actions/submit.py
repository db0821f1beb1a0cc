"""The pledge: everything before it is memory, everything after it is on the disk and sealed."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database
from uuid_utils.compat import uuid7

from kiosk.actions.compose_paper import compose_paper
from kiosk.actions.compose_slip import ReceiptFacts, compose_slip
from kiosk.actions.end_rehearsal import end_rehearsal
from kiosk.actions.secrets import SlipSecrets, new_secrets
from kiosk.domain.declaration import Declaration, Pledge, StepsMissing
from kiosk.domain.receipt import ReceiptCode, ReceiptQr
from kiosk.problems.visit import SavingFailed, StationResting, StepSkipped
from kiosk.spooler import PrintOrder
from kiosk.station import Station
from kiosk.store import declarations, journal, print_jobs
from kiosk.store.declarations import ChainEnd, SealedDeclaration
from kiosk.store.journal import Event, stamp
from kiosk.visits import Given, Visit
from sync import outbox
from sync.durable import open_db, writing
from sync.envelope import canonical
from sync.keys import StationKeys
from sync.manifest import Manifest, Part, digest_of, sign_manifest
from sync.pin import pin_proof
from sync.sealing import seal
from sync.wake import ring

log = logging.getLogger(__name__)

_one_pledge = threading.Lock()  # sequence number and chain are read before the commit that uses them


@dataclass(frozen=True, slots=True, repr=False)
class _Order:
    """What is to be stored, and for whom."""

    keys: StationKeys
    declaration: Declaration
    secrets: SlipSecrets
    visit_id: str
    replaces: str | None
    operator: str | None


@dataclass(frozen=True, slots=True, repr=False)
class _Parcel:
    """A declaration sealed and laid down, not yet committed."""

    row: SealedDeclaration
    parts: tuple[Part, ...]
    manifest: bytes


def submit(station: Station, visit: Visit) -> Given:
    """Seal the draft and queue it. After this returns, a power cut loses nothing.

    Pressing twice gives the same receipt. The slip is ordered after the commit. A rehearsal ends here with
    a slip, and nothing is sealed.
    Errors: StepSkipped, when an answer is missing; StationResting, without central's keys;
            SavingFailed: nothing was stored, the draft is untouched, pressing again is safe.
    """
    with visit.lock:
        if visit.given is None:
            visit.given = (end_rehearsal if visit.is_rehearsal else _submit)(station, visit)
        return visit.given


def _submit(station: Station, visit: Visit) -> Given:
    keys, made_at = station.keys, station.now()
    if keys is None:
        raise StationResting("no keys of central")
    procedure, language = visit.draft.procedure, visit.settings.language
    try:
        declaration = Declaration(visit.draft, Pledge(procedure.pledge_version, language, made_at))
    except StepsMissing as why:
        raise StepSkipped(str(why)) from why
    secrets = new_secrets()
    operator = f"{visit.operator.role}:{visit.operator.number}" if visit.operator else None
    with _one_pledge:
        sealed = _store(station, _Order(keys, declaration, secrets, visit.id, visit.replaces, operator))
    facts = ReceiptFacts(
        qr=ReceiptQr(ReceiptCode(sealed.receipt_code), secrets.token),
        pin=secrets.pin,
        sealed_at=made_at,
        agency=station.directory.find(sealed.agency),
        procedure=procedure,
        language=language,
    )
    station.spooler.submit(PrintOrder(sealed.uuid, compose_slip(station, facts)))
    ring(station.parcels.root)
    return Given(sealed.uuid, facts.qr, facts.pin, sealed.sealed_at, sealed.agency)


def _store(station: Station, order: _Order) -> SealedDeclaration:
    try:
        return _try_to_store(station, order)
    except SavingFailed as why:
        # The disk filled up after this visit began: the ballast is what was kept for it.
        if station.ballast.is_above_floor() or not station.ballast.release():
            raise
        log.warning("%s; the ballast makes room", why)
    return _try_to_store(station, order)


def _try_to_store(station: Station, order: _Order) -> SealedDeclaration:
    parcel = None
    try:
        with open_db(station.db_path) as db:
            parcel = _lay_down(station, order, db)
            with writing(db):
                _commit(db, parcel, order)
    except (OSError, sqlite3.Error) as why:
        if parcel is None or not _was_committed_all_the_same(station, parcel):
            reason = f"files: {why.strerror}" if isinstance(why, OSError) else f"database: {why}"
            raise SavingFailed(reason) from why
    return parcel.row


def _was_committed_all_the_same(station: Station, parcel: _Parcel) -> bool:
    """A COMMIT may fail after the fact. Only a further durable write proves that it is on the disk.

    What was not committed is removed: its room is wanted for the next try. Where nobody can tell, it stays.
    """
    row = parcel.row
    try:
        with open_db(station.db_path) as db, writing(db):
            if is_known := declarations.is_known(db, row.uuid):
                journal.note(db, Event.PLEDGED, at=station.now(), subject=row.receipt_code, detail="late")
    except sqlite3.Error:
        return False
    if not is_known:
        station.parcels.take_back(parcel.parts, row.uuid)
    return is_known


def _lay_down(station: Station, order: _Order, db: Database) -> _Parcel:
    """Write sealed parts and the signed manifest. Without the commit that follows they mean nothing.

    Errors: OSError; what was written of them is removed again.
    """
    declaration, recipients = order.declaration, order.keys.key_set.recipients
    end, central_time, laid = declarations.chain_end(db), outbox.central_time(db), list[Part]()
    row = _row(station, order, end.seq + 1)
    paper = compose_paper(station, declaration.draft, declaration.pledge.made_at, row.receipt_code)
    contents = [("answers.json", canonical(declaration.answers(paper)))]
    contents += [part for capture in declaration.draft.captures for part in capture.parts]
    try:
        laid += (station.parcels.write_part(name, seal(data, recipients)) for name, data in contents)
        facts = _manifest(station, order, row, end, tuple(laid), central_time)
        manifest = sign_manifest(facts, order.keys.device)
        station.parcels.write_manifest(row.uuid, manifest)
    except OSError:
        station.parcels.take_back(laid, row.uuid)
        raise
    return _Parcel(row, facts.parts, manifest)


def _row(station: Station, order: _Order, seq: int) -> SealedDeclaration:
    declaration, secrets = order.declaration, order.secrets
    assert declaration.draft.agency is not None
    return SealedDeclaration(
        uuid=str(uuid7()),
        seq=seq,
        receipt_code=ReceiptCode.of(station.config.station.id, seq).text,
        procedure=declaration.draft.procedure.id,
        agency=declaration.draft.agency,
        sealed_at=stamp(declaration.pledge.made_at),
        pin_salt=secrets.pin_salt,
        pin_scrypt=secrets.pin_scrypt,
        token_sha256=secrets.token_sha256,
        replaces=order.replaces,
    )


def _manifest(
    station: Station,
    order: _Order,
    row: SealedDeclaration,
    end: ChainEnd,
    parts: tuple[Part, ...],
    central_time: datetime | None,
) -> Manifest:
    procedure = order.declaration.draft.procedure
    return Manifest(
        uuid=row.uuid,
        station=station.config.station.id,
        seq=row.seq,
        prev=end.manifest_sha256,
        procedure=row.procedure,
        form=procedure.form,
        form_version=procedure.form_version,
        consent_version=procedure.consent_version,
        agency=row.agency,
        directory_version=station.directory.version,
        keyset_version=order.keys.key_set.version,
        captured_at=row.sealed_at,
        clock_verified=station.clock.is_verified(central_time),
        boot_id=station.boot_id,
        receipt_code=row.receipt_code,
        status_token_sha256=row.token_sha256,
        status_pin_scrypt=pin_proof(row.pin_salt, row.pin_scrypt),
        replaces=row.replaces,
        operator=order.operator,
        parts=parts,
    )


def _commit(db: Database, parcel: _Parcel, order: _Order) -> None:
    row, at = parcel.row, order.declaration.pledge.made_at
    declarations.add(db, row, digest_of(parcel.manifest))
    outbox.enqueue(db, uuid=row.uuid, seq=row.seq, manifest=parcel.manifest, at=at)
    visit_sha256 = hashlib.sha256(order.visit_id.encode()).hexdigest()
    print_jobs.add(db, uuid=row.uuid, receipt_code=row.receipt_code, visit_sha256=visit_sha256, at=at)
    journal.note(db, Event.PLEDGED, at=at, subject=row.receipt_code)

"""The pledge: everything before it is memory, everything after it is on the disk and sealed."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database
from uuid_utils.compat import uuid7

from kiosk.actions.compose_slip import ReceiptFacts, compose_slip
from kiosk.actions.secrets import SlipSecrets, new_secrets
from kiosk.domain.declaration import Declaration, Pledge, StepsMissing
from kiosk.domain.receipt import ReceiptCode, ReceiptQr
from kiosk.problems import SavingFailed, StationResting, StepSkipped
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
from sync.sealing import seal
from sync.wake import ring

_one_pledge = threading.Lock()  # sequence number and chain are read before the commit that uses them


@dataclass(frozen=True, slots=True, repr=False)
class _Parcel:
    """A declaration sealed and laid down, not yet committed."""

    declaration: SealedDeclaration
    manifest: bytes


def submit(station: Station, visit: Visit) -> Given:
    """Seal the draft and queue it. After this returns, a power cut loses nothing.

    Pressing twice gives the same receipt. The slip is ordered after the commit.
    Errors: StepSkipped, when an answer is missing; StationResting, without central's keys;
            SavingFailed: nothing was stored, the draft is untouched, pressing again is safe.
    """
    with visit.lock:
        if visit.given is None:
            visit.given = _submit(station, visit)
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
    with _one_pledge:
        sealed = _store(station, keys, declaration, secrets, visit.id)
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


def _store(
    station: Station, keys: StationKeys, declaration: Declaration, secrets: SlipSecrets, visit_id: str
) -> SealedDeclaration:
    try:
        with open_db(station.db_path) as db:
            parcel = _lay_down(station, keys, declaration, secrets, declarations.chain_end(db))
            with writing(db):
                _commit(db, parcel, visit_id, declaration.pledge.made_at)
    except OSError as why:
        raise SavingFailed(f"files: {why.strerror}") from why
    except sqlite3.Error as why:
        raise SavingFailed(f"database: {why}") from why
    return parcel.declaration


def _lay_down(
    station: Station, keys: StationKeys, declaration: Declaration, secrets: SlipSecrets, end: ChainEnd
) -> _Parcel:
    """Write sealed parts and the signed manifest. Without the commit that follows they mean nothing."""
    recipients = keys.key_set.recipients
    parts = [("answers.json", canonical(declaration.answers()))]
    parts += [(f"{capture.kind}.jpg", capture.jpeg) for capture in declaration.draft.captures]
    laid = tuple(station.parcels.write_part(name, seal(data, recipients)) for name, data in parts)
    row = _row(station, declaration, secrets, end.seq + 1)
    manifest = sign_manifest(_manifest(station, keys, declaration, row, end, laid), keys.device)
    station.parcels.write_manifest(row.uuid, manifest)
    return _Parcel(row, manifest)


def _row(station: Station, declaration: Declaration, secrets: SlipSecrets, seq: int) -> SealedDeclaration:
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
    )


def _manifest(
    station: Station,
    keys: StationKeys,
    declaration: Declaration,
    row: SealedDeclaration,
    end: ChainEnd,
    parts: tuple[Part, ...],
) -> Manifest:
    procedure = declaration.draft.procedure
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
        keyset_version=keys.key_set.version,
        captured_at=row.sealed_at,
        clock_verified=station.config.station.clock_verified,
        boot_id=station.boot_id,
        receipt_code=row.receipt_code,
        status_token_sha256=row.token_sha256,
        parts=parts,
    )


def _commit(db: Database, parcel: _Parcel, visit_id: str, at: datetime) -> None:
    row = parcel.declaration
    declarations.add(db, row, digest_of(parcel.manifest))
    outbox.enqueue(db, uuid=row.uuid, seq=row.seq, manifest=parcel.manifest, at=at)
    visit_sha256 = hashlib.sha256(visit_id.encode()).hexdigest()
    print_jobs.add(db, uuid=row.uuid, receipt_code=row.receipt_code, visit_sha256=visit_sha256, at=at)
    journal.note(db, Event.PLEDGED, at=at, subject=row.receipt_code)

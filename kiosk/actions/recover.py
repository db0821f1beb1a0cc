"""After a restore: what was pledged since the backup is read from the signed manifests and queued again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from kiosk.store import declarations, journal, print_jobs
from kiosk.store.declarations import ChainEnd, SealedDeclaration
from kiosk.store.journal import Event
from kiosk.store.print_jobs import PrintState
from sync import outbox
from sync.durable import writing
from sync.envelope import BadDocument
from sync.manifest import Manifest, digest_of, open_manifest
from sync.parcels import Parcels
from sync.pin import take_apart


@dataclass(frozen=True, slots=True)
class _Signed:
    """A manifest that this station signed, and its bytes."""

    manifest: Manifest
    document: bytes

    @property
    def digest(self) -> str:
        """What the next in the chain calls it."""
        return digest_of(self.document)


def recover(db: Database, parcels: Parcels, station: Ed25519PublicKey, *, at: datetime) -> int:
    """Queue every declaration that the database does not know of; return how many.

    Central is the judge of each: what it has received before it acknowledges again, in the same words, and a
    part that is gone here is put aside in front of the officer if central lacks it too.
    """
    with writing(db):
        end = declarations.chain_end(db)
        signed = list(_signed(_unknown(db, parcels), station))
        newer = _newer(signed, end.seq)
        for each in newer:
            _queue(db, each, at)
        signed += _signed((parcels.root / "found").glob("*/*.json"), station)
        last = max(signed, key=lambda each: each.manifest.seq, default=None)
        if last is not None and last.manifest.seq > declarations.chain_end(db).seq:
            declarations.continue_after(db, ChainEnd(last.manifest.seq, last.digest))
    return len(newer)


def unknown(db: Database, parcels: Parcels, station: Ed25519PublicKey) -> Iterator[Manifest]:
    """List the manifests that this station signed and the database does not know of."""
    return (each.manifest for each in _signed(_unknown(db, parcels), station))


def _unknown(db: Database, parcels: Parcels) -> Iterator[Path]:
    known = declarations.uuids(db)
    return (path for path in parcels.manifests() if path.stem not in known)


def _signed(paths: Iterable[Path], station: Ed25519PublicKey) -> Iterator[_Signed]:
    for path in paths:
        document = path.read_bytes()
        try:
            yield _Signed(open_manifest(document, station), document)
        except BadDocument:
            continue  # damaged or somebody else's: the sweep sets it aside


def _newer(signed: list[_Signed], seq: int) -> list[_Signed]:
    """Choose one for each number after this.

    Of two with one number only one was committed: the one that the chain goes on from; at its end the later
    one, since a number is given again only if its first pledge failed.
    """
    chosen: dict[int, _Signed] = {}
    followed = {each.manifest.prev for each in signed}
    for each in sorted(signed, key=lambda one: one.manifest.uuid):
        rival = chosen.get(each.manifest.seq)
        if each.manifest.seq > seq and (rival is None or rival.digest not in followed):
            chosen[each.manifest.seq] = each
    return [chosen[number] for number in sorted(chosen)]


def _queue(db: Database, signed: _Signed, at: datetime) -> None:
    manifest = signed.manifest
    salt, stretched = take_apart(manifest.status_pin_scrypt)
    row = SealedDeclaration(
        uuid=manifest.uuid,
        seq=manifest.seq,
        receipt_code=manifest.receipt_code,
        procedure=manifest.procedure,
        agency=manifest.agency,
        sealed_at=manifest.captured_at,
        pin_salt=salt,
        pin_scrypt=stretched,
        token_sha256=manifest.status_token_sha256,
        replaces=manifest.replaces,
    )
    declarations.add(db, row, signed.digest)
    outbox.enqueue(db, uuid=row.uuid, seq=row.seq, manifest=signed.document, at=at)
    print_jobs.add(db, uuid=row.uuid, receipt_code=row.receipt_code, visit_sha256="", at=at)
    print_jobs.mark(db, row.uuid, PrintState.INTERRUPTED, at=at)
    journal.note(db, Event.RECOVERED, at=at, subject=row.receipt_code)

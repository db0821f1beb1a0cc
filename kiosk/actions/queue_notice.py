"""Queue a notice: what central must know about a declaration after the pledge."""

from __future__ import annotations

from sqlite_utils import Database
from uuid_utils.compat import uuid7

from kiosk.actions.secrets import SlipSecrets
from kiosk.station import Station
from kiosk.store.declarations import SealedDeclaration
from kiosk.store.journal import stamp
from sync import outbox
from sync.keys import StationKeys
from sync.notice import Notice, NoticeKind, sign_notice
from sync.outbox import Kind
from sync.pin import pin_proof


def queue_notice(
    station: Station,
    keys: StationKeys,
    db: Database,
    declaration: SealedDeclaration,
    slip: SlipSecrets | None = None,
) -> None:
    """Queue a withdrawal, or what proves a slip printed anew. The caller holds the transaction.

    A notice of the same kind that still waits is replaced.
    """
    at, kind = station.now(), NoticeKind.SLIP if slip else NoticeKind.WITHDRAWAL
    notice = Notice(
        uuid=str(uuid7()),
        kind=kind,
        station=station.config.station.id,
        declaration=declaration.uuid,
        receipt_code=declaration.receipt_code,
        at=stamp(at),
        status_token_sha256=slip.token_sha256 if slip else None,
        status_pin_scrypt=pin_proof(slip.pin_salt, slip.pin_scrypt) if slip else None,
    )
    document = sign_notice(notice, keys.device)
    outbox.enqueue_anew(
        db, uuid=notice.uuid, seq=declaration.seq, notice=document, at=at, kind=Kind(kind.value)
    )

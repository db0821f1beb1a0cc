"""Taking in what stations say about their declarations after the pledge: withdrawals, slips printed anew."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, request
from sqlite_utils import Database

from sync.acknowledgement import Acknowledgement, sign_acknowledgement
from sync.central import decisions, guard, store
from sync.central.context import central, database, document
from sync.central.events import Teller
from sync.central.problems.declarations import BadNotice, BadSignatureProblem, Decided, OtherBytesProblem
from sync.central.problems.door import NotEnrolled, Revoked
from sync.central.spoken import Signed, Speech, speaks
from sync.durable import writing
from sync.envelope import BadDocument, BadSignature
from sync.manifest import digest_of
from sync.notice import Notice, NoticeKind, open_notice, read_notice
from sync.times import stamp

bp = Blueprint("notices", __name__)

_ABOUT_NOTICES = (BadNotice, BadSignatureProblem, Decided, NotEnrolled, OtherBytesProblem, Revoked)
_SPEECH = Speech(
    takes=Signed(Notice),
    gives={200: Signed(Acknowledgement), 201: Signed(Acknowledgement)},
    refuses=_ABOUT_NOTICES,
)


@bp.post("/v1/withdrawals")
@speaks(_SPEECH)
def withdraw() -> Response:
    """Take a declaration back, also one that has not arrived yet: then it will not be taken in."""
    return _answer(NoticeKind.WITHDRAWAL)


@bp.post("/v1/slips")
@speaks(_SPEECH)
def renew_slip() -> Response:
    """Learn what proves a receipt that was printed anew; the old one proves nothing from now on."""
    return _answer(NoticeKind.SLIP)


def take(data: bytes, kind: NoticeKind) -> tuple[bytes, bool]:
    """Do what a notice says; return central's word about it, the same for ever, and whether it is new.

    Errors: the WireProblem that says what is wrong with it.
    """
    return _keep(database(), _verified(data, kind), data, central().now())


def newest_slip(db: Database, declaration: str) -> Notice | None:
    """The last slip of a declaration that was printed anew; None when its first one counts."""
    rows = db.table("notices").rows_where(
        "declaration = ? AND kind = ?", [declaration, NoticeKind.SLIP], order_by="number DESC", limit=1
    )
    found = [read_notice(row["document"]) for row in rows]
    return found[0] if found else None


def _answer(kind: NoticeKind) -> Response:
    word, is_new = take(request.get_data(), kind)
    return document(word, 201 if is_new else 200)


def _verified(data: bytes, kind: NoticeKind) -> Notice:
    """The notice, if the station whose declaration it is about signed it."""
    try:
        claimed = read_notice(data)
    except BadDocument as why:
        raise BadNotice(str(why)) from why
    if claimed.kind is not kind:
        raise BadNotice("notice: kind")
    station = guard.must_be_known(claimed.station)
    try:
        return open_notice(data, station.key)
    except BadSignature as why:
        raise BadSignatureProblem from why


def _keep(db: Database, notice: Notice, data: bytes, at: datetime) -> tuple[bytes, bool]:
    """Write the notice down and do what it says, once; return the same word for ever, and if it is new."""
    with writing(db):
        for row in list(db.table("notices").rows_where("uuid = ?", [notice.uuid])):
            if row["document"] != data:
                raise OtherBytesProblem
            return row["acknowledgement"], False
        _carry_out(db, notice, at)
        [(number,)] = db.execute("SELECT coalesce(max(number), 0) + 1 FROM notices").fetchall()
        received = Acknowledgement(notice.uuid, digest_of(data), stamp(at), number)
        word = sign_acknowledgement(received, central().keys.signing)
        row = {"number": number, "uuid": notice.uuid, "kind": notice.kind}
        row |= {"declaration": notice.declaration, "document": data, "acknowledgement": word}
        db.table("notices").insert(row)
        return word, True


def _carry_out(db: Database, notice: Notice, at: datetime) -> None:
    known = store.find(db, notice.declaration)
    if known is not None and (known.station, known.receipt_code) != (notice.station, notice.receipt_code):
        raise BadNotice("notice: declaration")
    if notice.kind is NoticeKind.WITHDRAWAL:
        teller = Teller(db, central().keys.signing, at)
        try:
            decisions.note_withdrawal(teller, notice.station, notice.declaration)
        except decisions.CannotDecide as why:
            raise Decided from why

"""How far a declaration has come, told to whoever holds its receipt. No personal data."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, request
from sqlite_utils import Database

from sync.central import events, guesses, notices, store
from sync.central.context import answer, central, database
from sync.central.problems.receipts import BadStatusQuestion, ReceiptUnknown, TooManyTries
from sync.central.spoken import Signer, Speech, speaks
from sync.central.store import Stored
from sync.event import Reason
from sync.pin import proves

bp = Blueprint("status", __name__)

_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})


class Standing(StrEnum):
    """How far a declaration has come at central."""

    EXPECTED = "expected"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


_WORDS = {
    Standing.EXPECTED: "Tờ khai đang được gửi đến cơ quan BHXH. Xin tra cứu lại sau.",
    Standing.RECEIVED: "Cơ quan BHXH đã nhận tờ khai và đang xem xét. Xin chờ kết quả.",
    Standing.ACCEPTED: "Tờ khai đã được duyệt. Xin xem tin nhắn gửi đến số điện thoại đã khai.",
    Standing.RETURNED: "Tờ khai cần bổ sung. Xin mang biên nhận đến điểm tiếp nhận để bổ sung.",
    Standing.REPLACED: "Tờ khai đã được thay bằng tờ khai mới. Xin tra cứu bằng biên nhận mới.",
    Standing.WITHDRAWN: "Tờ khai đã được rút theo yêu cầu. Anh/chị có thể kê khai lại khi cần.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the holder of a receipt may know. Units: `received_at` is central's clock, None before that."""

    state: Standing
    words: str
    reasons: tuple[Reason, ...]
    is_corrected: bool
    procedure: str
    received_at: str | None = None


@dataclass(frozen=True, slots=True)
class ByToken:
    """The question of whoever scans the receipt."""

    code: str
    token: str


@dataclass(frozen=True, slots=True)
class ByPin:
    """The question of whoever types what is printed."""

    code: str
    pin: str


@bp.post("/v1/status")
@speaks(
    Speech(
        takes=ByToken | ByPin,
        gives={200: Told},
        refuses=(BadStatusQuestion, ReceiptUnknown, TooManyTries),
        signer=Signer.NOBODY,
    )
)
def look_up() -> Response:
    """Tell how far a declaration has come to who knows its receipt's token, or its PIN.

    Shape: {code, token} or {code, pin}; both as printed, in any case, with or without dashes.
    An unknown code and a wrong secret are told the same; after five wrong PINs that code must wait.
    """
    asked = _question()
    code = _plain(asked["code"])
    found = store.by_receipt(database(), code)
    if "pin" in asked:
        _must_prove_pin(database(), code, found, _plain(asked["pin"]))
    elif not (found and hmac.compare_digest(_token_digest(asked["token"]), _token_sha256(found[0]))):
        raise ReceiptUnknown
    return answer(standing(database(), found[0]))


def standing(db: Database, stored: Stored) -> Told:
    """How far a declaration has come: what was decided, or else whether all of it is here."""
    decided = events.decision(db, stored.uuid)
    state = Standing.RECEIVED if stored.received_at else Standing.EXPECTED
    if decided is not None:
        state = Standing(decided.kind.value)
    corrected, procedure = store.is_replaced(db, stored.uuid), stored.opened().procedure
    if corrected and state not in {Standing.ACCEPTED, Standing.WITHDRAWN}:
        state = Standing.REPLACED
    reasons = decided.reasons if decided and state is Standing.RETURNED else ()
    return Told(state, _WORDS[state], reasons, corrected, procedure, stored.received_at)


def _must_prove_pin(db: Database, code: str, found: list[Stored], pin: str) -> None:
    at = central().now()
    if guesses.must_wait(db, code, at):
        raise TooManyTries
    if not found:
        raise ReceiptUnknown
    if not proves(_pin_scrypt(found[0]), pin):
        guesses.wrong(db, code, at)
        raise ReceiptUnknown
    guesses.right(db, code)


def _token_sha256(stored: Stored) -> str:
    slip = notices.newest_slip(database(), stored.uuid)
    return (slip and slip.status_token_sha256) or stored.opened().status_token_sha256


def _pin_scrypt(stored: Stored) -> str:
    slip = notices.newest_slip(database(), stored.uuid)
    return (slip and slip.status_pin_scrypt) or stored.opened().status_pin_scrypt


def _token_digest(token: str) -> str:
    return sha256(token.strip().lower().encode()).hexdigest()


def _question() -> dict[str, str]:
    try:
        asked: Any = json.loads(request.get_data())
    except (ValueError, RecursionError) as why:
        raise BadStatusQuestion from why
    if not isinstance(asked, dict) or set(asked) not in ({"code", "token"}, {"code", "pin"}):
        raise BadStatusQuestion("fields")
    if not all(isinstance(value, str) and len(value) <= 64 for value in asked.values()):
        raise BadStatusQuestion("fields")
    return asked


def _plain(text: str) -> str:
    return text.upper().translate(_LOOK_ALIKES)

"""Ask central about a receipt that this station does not know: another station's, or one forgotten here."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from kiosk.actions.standing import Standing
from kiosk.domain.progress import Progress
from kiosk.domain.reasons import reason_in_words
from kiosk.domain.receipt import ReceiptCode
from kiosk.problems.receipts import CentralSilent, ReceiptUnknown, TooManyTries
from kiosk.station import Station
from sync.envelope import canonical
from sync.faults import Refused, Unreachable
from sync.wire import JSON

if TYPE_CHECKING:
    from sync.answer import Answer

ASK_SECONDS = 5.0
"""Of each step on the line, however patient the postman is: a visitor stands before the screen."""

_REACHED = {
    "expected": Progress.SENDING,
    "received": Progress.RECEIVED,
    "accepted": Progress.ACCEPTED,
    "returned": Progress.RETURNED,
    "withdrawn": Progress.WITHDRAWN,
    "replaced": Progress.REPLACED,
}


def ask_by_token(station: Station, code: ReceiptCode, token: str) -> Standing:
    """Ask for whoever holds the slip itself; its token cannot be guessed.

    Errors: ReceiptUnknown; CentralSilent.
    """
    return _ask(station, code, {"token": token})


def ask_by_pin(station: Station, code: ReceiptCode, pin: str) -> Standing:
    """Ask for whoever typed what is printed. Central counts wrong guesses, and so does this station.

    Errors: ReceiptUnknown, the same for an unknown code and a wrong PIN; TooManyTries; CentralSilent.
    """
    if station.lockout.is_locked(code.text):
        raise TooManyTries("pin of another station")
    try:
        standing = _ask(station, code, {"pin": pin})
    except ReceiptUnknown:
        station.lockout.wrong(code.text)
        raise
    station.lockout.right(code.text)
    return standing


def _ask(station: Station, code: ReceiptCode, secret: dict[str, str]) -> Standing:
    from sync.credentials import Credentials  # noqa: PLC0415 - the postman's tools, for a rare question
    from sync.line import BadAddress, open_line  # noqa: PLC0415

    if station.keys is None:
        raise CentralSilent("no keys of central")
    credentials = Credentials(station.keys.device, station.keys.central, station.now)
    seconds = min(station.config.central.timeout_seconds, ASK_SECONDS)
    question = canonical({"code": code.text} | secret)
    try:
        with closing(open_line(station.config.central.url, seconds, credentials)) as line:
            headers = {"Content-Type": JSON}
            answer = line.ask("POST", "/v1/status", content=question, headers=headers, expect={200, 404, 429})
    except (Unreachable, Refused, BadAddress) as why:
        raise CentralSilent(type(why).__name__) from why
    if answer.status != 200:
        raise TooManyTries("central") if answer.status == 429 else ReceiptUnknown("central")
    return _standing(code, answer)


def _standing(code: ReceiptCode, answer: Answer) -> Standing:
    told: dict[str, Any] = answer.json()
    try:
        return Standing(
            code=code,
            procedure=str(told["procedure"]),
            sealed_at=None,
            progress=_REACHED[told["state"]],
            received_at=told.get("received_at"),
            reasons=tuple(reason_in_words(each["part"], each["reason"]) for each in told["reasons"]),
            is_ours=False,
        )
    except (KeyError, TypeError) as why:
        raise CentralSilent("an answer that cannot be read") from why

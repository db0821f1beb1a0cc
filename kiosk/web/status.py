"""How far a declaration has come: by the receipt before the camera, or by code and PIN."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.actions.begin_again import begin_again
from kiosk.actions.look_up import look_up_by_pin, look_up_by_qr
from kiosk.actions.scan_card import look_for_receipt
from kiosk.actions.standing import Standing
from kiosk.actions.withdraw import withdraw
from kiosk.domain.officers import Role
from kiosk.domain.progress import SETTLED, Progress
from kiosk.problems.receipts import (
    CentralSilent,
    ReceiptUnknown,
    TooLateToMend,
    TooLateToWithdraw,
    TooManyTries,
)
from kiosk.web.htmx import screen
from kiosk.web.looking import look_once, show_camera
from kiosk.web.shift import left_to
from kiosk.web.start import go_in
from kiosk.web.station import find_visit, settings, station
from kiosk.web.wording import moment

bp = Blueprint("status", __name__, url_prefix="/status")


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four stages; `kind` is "done", "now" or nothing yet."""

    name: str
    kind: str = ""
    when: str = ""


_STAGES = ("Đã lưu tại máy", "Gửi đến cơ quan BHXH", "Cơ quan BHXH đã nhận", "Đã duyệt")
_REACHED = {
    Progress.SAVED: 1,
    Progress.SENDING: 1,
    Progress.QUARANTINED: 1,
    Progress.RECEIVED: 3,
    Progress.RETURNED: 3,
    Progress.WITHDRAWING: 1,
    Progress.WITHDRAWN: 3,
    Progress.REPLACED: 1,
    Progress.ACCEPTED: 4,
}
"""How many stages are behind a declaration."""

_QUARANTINED = "Tờ khai an toàn nhưng chưa gửi được. Xin đưa biên nhận cho nhân viên xem."


@bp.get("/")
def scan() -> Response:
    """Look for the receipt's QR."""
    return show_camera("status/scan.html", Subject.RECEIPT, look=url_for("status.look"))


@bp.post("/look")
def look() -> AnyResponse:
    """One look through the camera. One that the page takes by itself does not ask central in vain twice."""
    asked = request.form.get("shown") == CentralSilent.code and "pressed" not in request.form
    return look_once(
        lambda: _standing(look_up_by_qr(station(), look_for_receipt(station()), may_ask=not asked)),
        Subject.RECEIPT,
    )


@bp.get("/code")
def typed() -> Response:
    """Ask for what is printed."""
    return _form("", "", status=200)


@bp.post("/code")
def look_up() -> Response:
    """Look up by code and PIN; neither is ever in an address."""
    code = request.form.get("code", "")
    try:
        return _standing(look_up_by_pin(station(), code, request.form.get("pin", "")))
    except (ReceiptUnknown, TooManyTries, CentralSilent) as problem:
        return _form(code, problem.vi, status=problem.status)


@bp.get("/withdraw")
@left_to(Role.SUPERVISOR)
def ask_to_withdraw() -> AnyResponse:
    """Ask once more, and for what only the paper knows."""
    return _withdrawal("", "", status=200)


@bp.post("/withdraw")
@left_to(Role.SUPERVISOR)
def take_back() -> AnyResponse:
    """Withdraw the declaration of this code and PIN."""
    code = request.form.get("code", "")
    try:
        return _standing(withdraw(station(), code, request.form.get("pin", "")))
    except (ReceiptUnknown, TooManyTries, TooLateToWithdraw, TooLateToMend) as problem:
        return _withdrawal(code, problem.vi, status=problem.status)


@bp.get("/mend")
@left_to(Role.SUPERVISOR)
def ask_to_mend() -> AnyResponse:
    """Say that everything is asked anew, and ask for what only the paper knows."""
    return _mending("", "", status=200)


@bp.post("/mend")
@left_to(Role.SUPERVISOR)
def mend() -> AnyResponse:
    """Begin a visit whose declaration stands for that of this code and PIN."""
    code = request.form.get("code", "")
    try:
        return go_in(begin_again(station(), find_visit(), settings(), code, request.form.get("pin", "")))
    except (ReceiptUnknown, TooManyTries, TooLateToMend) as problem:
        return _mending(code, problem.vi, status=problem.status)


def _form(
    code: str, problem: str, *, status: int, name: str = "typed", to: str = "status.look_up"
) -> Response:
    """Ask for what only the paper knows: `name` is the template's, `to` the endpoint that is answered."""
    back = url_for("status.scan")
    return screen(f"status/{name}.html", status=status, code=code, problem=problem, to=url_for(to), back=back)


_withdrawal = partial(_form, name="withdraw", to="status.take_back")
_mending = partial(_form, name="mend", to="status.mend")


def _standing(standing: Standing) -> Response:
    trouble = _QUARANTINED if standing.progress is Progress.QUARANTINED else ""
    return screen(
        "status/page.html",
        code=standing.code.shown(),
        words=_words(standing),
        stages=_stages(standing),
        reasons=standing.reasons,
        trouble=trouble,
        may_change=standing.is_ours and standing.progress not in SETTLED,
        is_ours=standing.is_ours,
    )


def _words(standing: Standing) -> str:
    """What has been reached; what an approval means is the procedure's own word."""
    procedure = station().procedures.find(standing.procedure)
    if standing.progress is Progress.ACCEPTED and procedure:
        return procedure.accepted.in_language(settings().language)
    return standing.progress.words


def _stages(standing: Standing) -> list[Stage]:
    reached = _REACHED[standing.progress]
    when = {0: moment(standing.sealed_at)} if standing.sealed_at else {}
    if standing.received_at:
        when[2] = moment(standing.received_at)
    under_way = {Progress.SENDING: 1, Progress.RECEIVED: 3}.get(standing.progress)
    return [
        Stage(name, "done" if at < reached else "now" if at == under_way else "", when.get(at, ""))
        for at, name in enumerate(_STAGES)
    ]

"""The settings of this station: supervisors look, administrators change. Each counts at once."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.adjust import CHOICES, adjust
from kiosk.actions.trial_slip import trial_slip
from kiosk.adjustments import Adjustment, Value
from kiosk.domain.officers import Role
from kiosk.problems.officers import DefaultAgencyUnknown, HotlineWrong, PlaceNameWrong
from kiosk.web.catalogue import gettext
from kiosk.web.htmx import go_to, screen
from kiosk.web.own_slip import shown as slip_shown
from kiosk.web.shift import left_to, officer_here, reserve
from kiosk.web.station import station

bp = Blueprint("adjustments", __name__, url_prefix="/officer/adjustments")
reserve(bp, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Line:
    """One setting as the page shows it. Shape: `choices` are value, words and whether it is so now."""

    which: Adjustment
    label: str
    hint: str
    now: str
    choices: tuple[tuple[Value, str, bool], ...] = ()  # none of what is typed


_LABELS = {
    Adjustment.NAME: ("Tên điểm tiếp nhận", "Ở đầu màn hình và trên biên nhận."),
    Adjustment.MODE: ("Cách làm việc", "Có cán bộ ngồi cùng: đăng nhập một lần cho nhiều lượt."),
    Adjustment.IDLE: ("Chờ khi không ai chạm", "Sau đó máy hỏi, rồi xoá lượt kê khai."),
    Adjustment.SOUND: ("Âm lượng", "Tắt tiếng báo: người dân cần thì vẫn nghe đọc màn hình được."),
    Adjustment.AGENCY: ("Cơ quan nhận mặc định", "Khi thẻ không cho biết cơ quan nào."),
    Adjustment.HOTLINE: ("Số điện thoại hỗ trợ", "Trên màn hình và trên biên nhận."),
}
_WORDS = {
    "kiosk": "Người dân tự làm",
    "assisted": "Có cán bộ ngồi cùng",
    "off": "Tắt tiếng báo",
    "soft": "Nhỏ",
    "normal": "Vừa",
    "loud": "To",
}
_KEYBOARDS = {Adjustment.NAME: "text", Adjustment.HOTLINE: "text", Adjustment.AGENCY: "digits"}


@bp.get("/")
def show() -> Response:
    """Show every setting that can be changed here, and what else tells one station from another."""
    at_work = station()
    return screen(
        "adjustments/page.html",
        lines=[_line(each) for each in Adjustment],
        left_aside=bool(at_work.adjustments.left_aside),
        central=at_work.config.central.url.split("//")[-1],
        directory=at_work.directory.version,
        **slip_shown(request.args.get("slip", "")),
    )


@bp.get("/<which>")
@left_to(Role.ADMINISTRATOR)
def ask(which: str) -> AnyResponse:
    """Ask for what is typed."""
    return _form(_known(which), str(station().adjustments.value(_known(which))), "", status=200)


@bp.post("/<which>")
@left_to(Role.ADMINISTRATOR)
def change(which: str) -> AnyResponse:
    """Change one."""
    text, officer = request.form.get("value", ""), officer_here()
    try:
        adjust(station(), _known(which), text, by=officer.number if officer else "")
    except (PlaceNameWrong, HotlineWrong, DefaultAgencyUnknown) as problem:
        return _form(_known(which), text, problem.vi, status=problem.status)
    return go_to("adjustments.show")


@bp.post("/slip")
def print_trial() -> AnyResponse:
    """Print a slip to look at."""
    slip = trial_slip(station().config.station.name, station().now())
    station().spooler.submit_own(slip)
    return go_to("adjustments.show", slip=slip.name)


def _known(which: str) -> Adjustment:
    if which not in set(Adjustment):
        raise NotFound
    return Adjustment(which)


def _line(which: Adjustment) -> Line:
    label, hint = _LABELS[which]
    now = station().adjustments.value(which)
    choices = tuple((value, _words(value), value == now) for value in CHOICES.get(which, ()))
    agency = station().directory.find(str(now)) if which is Adjustment.AGENCY else None
    words = f"{agency.code} · {agency.name}" if agency else _words(now)
    return Line(which, label, hint, words or "–", choices)


def _words(value: Value) -> str:
    if isinstance(value, int):
        return str(gettext("%(num)s giây", num=value))
    return str(gettext(_WORDS[value])) if value in _WORDS else value


def _form(which: Adjustment, typed: str, problem: str, *, status: int) -> Response:
    label, hint = _LABELS[which]
    keyboard = _KEYBOARDS.get(which)
    if keyboard is None:  # chosen on the page itself
        raise NotFound
    return screen(
        "adjustments/typed.html",
        status=status,
        label=label,
        lead=hint,
        keyboard=keyboard,
        text=typed,
        problem=problem,
        here=url_for("adjustments.change", which=which),
        back=url_for("adjustments.show"),
    )

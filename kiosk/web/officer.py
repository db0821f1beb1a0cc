"""A plain page for the officer: what is here, how far it has come, what waits for paper. No personal data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.begin import why_resting
from kiosk.actions.count_day import count_day
from kiosk.actions.examine import examine_station
from kiosk.actions.list_declarations import Line, list_declarations
from kiosk.actions.look_back import LookBack, look_back
from kiosk.actions.print_receipt import reprint
from kiosk.actions.settle_slip import settle_slip
from kiosk.actions.survey_queue import Survey, survey_queue
from kiosk.domain.findings import FindingKind, Severity
from kiosk.domain.officers import Role
from kiosk.domain.progress import Progress
from kiosk.domain.receipt import MalformedReceipt, ReceiptCode
from kiosk.domain.troubles import in_words
from kiosk.store import print_jobs
from kiosk.store.print_jobs import PrintJob
from kiosk.web import findings
from kiosk.web.catalogue import gettext
from kiosk.web.chart import columns
from kiosk.web.htmx import go_to, part, screen
from kiosk.web.own_slip import coming_along
from kiosk.web.shift import officer_here
from kiosk.web.station import station
from kiosk.web.wording import moment, waited
from sync.durable import open_db

bp = Blueprint("officer", __name__, url_prefix="/officer")

_WAITING = frozenset({Progress.SAVED.value, Progress.SENDING.value})
_KINDS = {Progress.SAVED: "wait", Progress.SENDING: "wait", Progress.QUARANTINED: "bad"}
_JOBS = {
    "waiting": "Chờ in",
    "printing": "Đang in",
    "stuck": "Máy in đứng lại khi đang in. Xin xem máy in có kẹt giấy không.",
    "failed": "Chưa in được",
    "interrupted": in_words("unsure"),
}
_NO_SLIP_NEEDED = {"interrupted": "Phụ huynh đã có giấy", "failed": "Không cần in"}
"""What the officer may say of a slip that is a question, instead of printing it again."""


_DOORS = (
    ("Rút tờ khai đã nộp", "status.ask_to_withdraw", Role.SUPERVISOR),
    ("Cán bộ của máy này", "officers.show", Role.ADMINISTRATOR),
    ("Cài đặt của máy", "adjustments.show", Role.SUPERVISOR),
)
"""What else an officer may open from here: words, endpoint, from which role on."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """The one thing to see from afar."""

    colour: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One declaration as the table shows it."""

    code: str
    sealed_at: str
    words: str
    kind: str
    attempts: int
    trouble: str
    age: str
    slip: str
    again: str


@bp.get("/")
def show() -> Response:
    """Show everything at a glance."""
    lines = list_declarations(station().db_path, at=station().now(), limit=200)
    survey = survey_queue(station().db_path, station().config.lamp, at=station().now())
    with open_db(station().db_path) as db:
        jobs = print_jobs.unfinished(db)
    open_jobs = {each.uuid for each in jobs}
    shown = [_shown(each, may_print=each.uuid not in open_jobs and _has_printer()) for each in lines]
    day = count_day(station().db_path, at=station().now())
    return screen(
        "officer/page.html",
        doors=_doors(),
        lamp=_lamp(survey),
        trouble=in_words(survey.trouble),
        resting=why_resting(station()),
        noticed=_noticed(),
        found=_found(look_back(station().db_path.parent, at=station().now())),
        jobs=[_job(each) for each in jobs],
        lines=shown,
        day=day,
        columns=columns(day.by_hour),
    )


@bp.get("/health")
def health() -> Response:
    """A lamp for every part; asked for by the page once it is there, because cameras take their time."""
    return part("officer/_health.html", findings=examine_station(station()))


@bp.get("/print/<code>")
def ask_to_print(code: str) -> Response:
    """Ask first: a slip that somebody may still hold becomes worthless."""
    return screen("officer/again.html", code=_receipt_code(code).shown())


@bp.post("/print")
def print_again() -> AnyResponse:
    """Print a slip whose visitor may be gone, with new secrets."""
    reprint(station(), request.form.get("code", ""))
    return go_to("officer.show")


@bp.post("/settle")
def settle() -> AnyResponse:
    """No slip is needed: the parent has it, or wants none."""
    settle_slip(station(), request.form.get("code", ""))
    return go_to("officer.show")


@bp.get("/slip/<code>")
def slip(code: str) -> Response:
    """The twin printer's picture of a slip, on a page."""
    _picture_of(code)
    picture = url_for("officer.picture", code=code)
    return screen("officer/slip.html", code=ReceiptCode(code).shown(), picture=picture)


@bp.get("/slip/<code>.png")
def picture(code: str) -> Response:
    """The picture itself."""
    return send_file(_picture_of(code), mimetype="image/png", max_age=0)


def _doors() -> list[tuple[str, str]]:
    """Words and address of each page that is left to this officer."""
    officer = officer_here()
    return [(words, url_for(to)) for words, to, least in _DOORS if officer and officer.role.covers(least)]


def _picture_of(code: str) -> Path:
    """The newest picture of this receipt; only a twin printer makes any."""
    path = _slip_path(_receipt_code(code).text)
    if path is None:
        abort(404)
    return path


def _receipt_code(text: str) -> ReceiptCode:
    try:
        return ReceiptCode(text)
    except MalformedReceipt:
        abort(404)


def _slip_path(name: str) -> Path | None:
    printer = station().config.printer
    if printer.driver != "sim":
        return None
    made = sorted(Path(printer.address).glob(f"{name}*.png"), key=lambda path: path.stat().st_mtime)
    return made[-1] if made else None


def _noticed() -> list[FindingKind]:
    """What does not fit in the visit under way, hints too; the values stay on the visitor's own screen."""
    visit = station().visits.under_way
    if visit is None or visit.given is not None:
        return []
    return list(dict.fromkeys(each.kind for each in findings.of_visit(visit, Severity.HINT)))


def _lamp(survey: Survey) -> Lamp:
    if survey.put_aside:
        return Lamp(survey.colour, gettext("%(num)s tờ khai cần cán bộ kiểm tra", num=survey.put_aside))
    if survey.oldest_seconds is None:
        return Lamp(survey.colour, gettext("Mọi tờ khai đã đến cơ quan BHXH"))
    number, age = survey.waiting, waited(survey.oldest_seconds)
    return Lamp(survey.colour, gettext("%(num)s tờ khai chờ gửi, lâu nhất %(age)s", num=number, age=age))


def _found(seen: LookBack) -> list[str]:
    found = []
    if seen.restored_at:
        restored = gettext(
            "Dữ liệu của máy bị hỏng và đã được khôi phục lúc %(when)s; %(num)s tờ khai được lấy lại từ tệp. "
            "Xin báo quản trị.",
            when=moment(seen.restored_at),
            num=seen.recovered,
        )
        found.append(restored)
    if seen.set_aside:
        aside = gettext(
            "%(num)s tệp không thuộc tờ khai nào được cất riêng, chưa có biên nhận cho tệp nào. "
            "Xin báo quản trị.",
            num=seen.set_aside,
        )
        found.append(aside)
    return found


def _has_printer() -> bool:
    return station().config.printer.driver != "none"


def _job(job: PrintJob) -> dict[str, str | bool]:
    return {
        "may_print": _has_printer(),
        "code": ReceiptCode(job.receipt_code).shown(),
        "words": in_words(job.trouble) or _JOBS[coming_along(job.state)],
        "settle": _NO_SLIP_NEEDED.get(job.state, ""),
    }


def _shown(line: Line, *, may_print: bool) -> Shown:
    progress = Progress(line.progress)
    path = _slip_path(line.receipt_code)
    return Shown(
        code=ReceiptCode(line.receipt_code).shown(),
        sealed_at=moment(line.sealed_at),
        words=progress.words,
        kind=_KINDS.get(progress, ""),
        attempts=line.attempts,
        trouble=in_words(line.trouble),
        age=waited(line.age_seconds) if line.progress in _WAITING else "",
        slip=url_for("officer.slip", code=line.receipt_code) if path else "",
        again=url_for("officer.ask_to_print", code=line.receipt_code) if may_print else "",
    )

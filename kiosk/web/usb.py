"""A USB stick instead of a line: what waits goes out with one touch, answers come in with another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from hardware.sticks import FoundStick, found_sticks
from kiosk.actions.carry import BroughtBack, CarriedOut, carry_in, carry_out, returns_on, waiting_for_stick
from kiosk.courier import Errand
from kiosk.domain.officers import Role
from kiosk.domain.troubles import in_words
from kiosk.problems.devices import StickMissing
from kiosk.station import Station
from kiosk.web.catalogue import gettext
from kiosk.web.htmx import go_to, part, screen
from kiosk.web.own_slip import shown as slip_shown
from kiosk.web.shift import reserve
from kiosk.web.station import station

bp = Blueprint("usb", __name__, url_prefix="/officer/usb")
reserve(bp, Role.SUPERVISOR)

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick as the page offers it. Shape: `free` is room in words; `returns` counts files to bring in."""

    folder: str
    name: str
    free: str
    is_writable: bool
    returns: int


@dataclass(frozen=True, slots=True)
class Came:
    """What came of the last errand, in words. Shape: `slip` names the slip that goes with a file."""

    good: bool
    sentences: tuple[str, ...]
    slip: str = ""


@bp.get("/")
def show() -> Response:
    """Show the sticks, the errand under way, or what came of the last one."""
    return screen("officer/usb.html", **_shown())


@bp.get("/look")
def look() -> Response:
    """The same as a part, if anything has changed since the page asked last."""
    shown = _shown()
    if shown["token"] == request.args.get("shown"):
        return Response(status=204)
    return part("officer/_usb.html", **shown)


@bp.post("/export")
def write() -> AnyResponse:
    """Write what waits to the stick; with `all` also what an earlier stick carries."""
    carry_out(station(), _wanted(), everything="all" in request.form)
    return go_to("usb.show")


@bp.post("/import")
def bring_in() -> AnyResponse:
    """Apply the return files on the stick."""
    carry_in(station(), _wanted())
    return go_to("usb.show")


@bp.post("/done")
def finish() -> AnyResponse:
    """Forget what came of the last errand."""
    station().courier.forget()
    return go_to("usb.show")


def _wanted() -> Path:
    """The folder of the stick that was chosen: one that is plugged in, and nothing else.

    Errors: StickMissing.
    """
    wanted = request.form.get("stick", "")
    folder = next((each.folder for each in _sticks(station()) if str(each.folder) == wanted), None)
    if folder is None:
        raise StickMissing("not plugged in")
    return folder


def _sticks(at_work: Station) -> list[FoundStick]:
    return found_sticks(at_work.config.stick, (Path("/"), at_work.db_path.parent))


def _shown() -> dict[str, Any]:
    """What officer/_usb.html needs, and a token that changes with it."""
    errand = station().courier.errand
    sticks = [_offered(each) for each in _sticks(station())]
    came = _came(errand) if errand and errand.has_ended else None
    in_it = bool(errand) and any(each.folder == str(errand.folder) for each in sticks)  # type: ignore[union-attr]
    slip = slip_shown(came.slip) if came and came.slip else {"print": None}
    fresh, everything = waiting_for_stick(station())
    token = [
        errand.kind + str(errand.percent) + errand.trouble if errand else "",
        slip["print"] or "",
        f"{in_it} {fresh} {everything}",
        *(f"{each.folder} {each.is_writable} {each.returns}" for each in sticks),
    ]
    return {
        "errand": errand,
        "sticks": sticks,
        "came": came,
        "in_it": in_it,
        "fresh": fresh,
        "everything": everything,
        "token": "|".join(token),
        **slip,
    }


def _offered(stick: FoundStick) -> Stick:
    megabytes, returns = stick.free // MEGABYTE, len(returns_on(stick.folder))
    free = f"{megabytes // 1000} GB" if megabytes >= 1000 else f"{megabytes} MB"
    return Stick(str(stick.folder), stick.name, free, stick.is_writable, returns)


def _came(errand: Errand) -> Came:
    if isinstance(errand.outcome, CarriedOut):
        return _of_export(errand.outcome)
    if isinstance(errand.outcome, BroughtBack):
        return _of_import(errand.outcome)
    return Came(good=errand.trouble == "nothing-waits", sentences=(gettext(in_words(errand.trouble)),))


def _of_export(carried: CarriedOut) -> Came:
    number = gettext("Đã ghi %(num)s tờ khai vào tệp %(file)s.", num=carried.items, file=carried.file)
    return Came(good=True, sentences=(number,), slip=Path(carried.file).stem)


def _of_import(brought: BroughtBack) -> Came:
    sentences = []
    if brought.files:
        sentences.append(gettext("Trung tâm đã nhận %(num)s tờ khai của máy này.", num=brought.settled))
    if brought.put_aside:
        refused = "%(num)s tờ khai bị từ chối, xin cán bộ kiểm tra ở bàn nhân viên."
        sentences.append(gettext(refused, num=brought.put_aside))
    if brought.events:
        sentences.append(gettext("Có %(num)s tin mới về kết quả.", num=brought.events))
    if brought.other_stations:
        ids = ", ".join(brought.other_stations)
        sentences.append(gettext("Có tệp của trạm %(ids)s. Xin mang USB đến trạm đó.", ids=ids))
    if brought.unusable:
        unusable = "%(num)s tệp bị hỏng hoặc không phải của trung tâm. Xin lấy lại tệp ở trung tâm."
        sentences.append(gettext(unusable, num=brought.unusable))
    return Came(good=bool(brought.files) and not brought.unusable, sentences=tuple(sentences))

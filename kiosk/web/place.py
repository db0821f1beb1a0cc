"""An address of today, step by step: province, commune, then house and street; a search needs no marks."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.actions.answer import give_address
from kiosk.domain.communes import Commune, Province
from kiosk.domain.steps import Step
from kiosk.problems.answers import AnswerWrong, PlaceUnknown
from kiosk.tables import load_gazetteer
from kiosk.web.htmx import Idle, screen
from kiosk.web.route import here, onward
from kiosk.web.station import visit_at

bp = Blueprint("place", __name__, url_prefix="/place")


@bp.get("/")
def provinces() -> Response:
    """Show the 34."""
    visit_at(Step.CONTACT)
    return _list(None, load_gazetteer().provinces_like(), back=here("contact.address"))


@bp.get("/<code>")
def communes(code: str) -> Response:
    """Show the communes of a province."""
    visit_at(Step.CONTACT)
    province = _province(code)
    return _list(province, load_gazetteer().communes_of(province), back=here("place.provinces"))


@bp.get("/search", defaults={"code": ""})
@bp.get("/<code>/search")
def search(code: str) -> Response:
    """Ask for a name, or a part of one."""
    visit_at(Step.CONTACT)
    return _search(code, "")


@bp.post("/search", defaults={"code": ""})
@bp.post("/<code>/search")
def found(code: str) -> Response:
    """Show what has this name."""
    visit_at(Step.CONTACT)
    typed = request.form.get("name", "")
    back = here("place.search", code=code)
    if code:
        province = _province(code)
        places: tuple[Province | Commune, ...] = load_gazetteer().communes_of(province, typed)
        return _list(province, places, back=back) if places else _search(code, typed, status=422)
    places = load_gazetteer().provinces_like(typed)
    return _list(None, places, back=back) if places else _search("", typed, status=422)


@bp.get("/street/<commune>")
def street(commune: str) -> Response:
    """Ask for house and street."""
    visit_at(Step.CONTACT)
    return _street(commune, "")


@bp.post("/street/<commune>")
def give(commune: str) -> AnyResponse:
    """Take the address."""
    visit = visit_at(Step.CONTACT)
    typed = request.form.get("street", "")
    try:
        give_address(visit, commune, typed)
    except AnswerWrong as problem:
        return _street(commune, typed, status=problem.status)
    return onward("contact.address", visit)


def _province(code: str) -> Province:
    province = load_gazetteer().province(code)
    if province is None:
        raise PlaceUnknown("province")
    return province


def _list(province: Province | None, places: tuple[Province | Commune, ...], *, back: str) -> Response:
    onto = "place.street" if province else "place.communes"
    name = "commune" if province else "code"
    return screen(
        "place/list.html",
        step=Step.CONTACT,
        idle=Idle.CAMERA,
        province=province,
        places=[(each.name, here(onto, **{name: each.code})) for each in places],
        search=here("place.search", code=province.code if province else ""),
        back=back,
    )


def _search(code: str, text: str, status: int = 200) -> Response:
    province = _province(code) if code else None
    return screen(
        "place/search.html",
        step=Step.CONTACT,
        idle=Idle.CAMERA,
        status=status,
        province=province,
        text=text,
        problem="" if status == 200 else PlaceUnknown.vi,
        here=here("place.found", code=code),
        back=here("place.communes", code=code) if code else here("place.provinces"),
    )


def _street(code: str, text: str, status: int = 200) -> Response:
    commune = load_gazetteer().find(code)
    if commune is None:
        raise PlaceUnknown("commune")
    return screen(
        "place/street.html",
        step=Step.CONTACT,
        idle=Idle.CAMERA,
        status=status,
        commune=commune,
        text=text,
        problem="" if status == 200 else AnswerWrong.vi,
        here=here("place.give", commune=code),
        back=here("place.communes", code=commune.province.code),
    )

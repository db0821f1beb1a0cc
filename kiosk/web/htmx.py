"""One address, two shapes: the whole page for a browser, its #screen alone for htmx."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.officers import Officer
from kiosk.domain.steps import GROUPS, Step
from kiosk.visits import Settings
from kiosk.web.shift import officer_here
from kiosk.web.station import find_visit, languages, settings, station

_CAMERA = (Step.GUARDIAN, Step.CHILD, Step.ID_FRONT, Step.ID_BACK, Step.CERTIFICATE, Step.PORTRAIT)
_SHOWN = frozenset(f"{step}-page" for step in _CAMERA)
"""Screens on which something is held before the camera."""


class Idle(StrEnum):
    """How patient a screen is; the seconds are in kiosk.toml."""

    PAGE = "page"
    CAMERA = "camera"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class View:
    """What every screen is told besides its own context.

    Shape: `about` is whom the declaration is about: "child" or "adult".
    Units: `idle_seconds` without a touch before the visitor is asked; 0 where nobody is waited for.
    """

    name: str
    path: str
    settings: Settings
    group: int
    idle_seconds: int
    warning_seconds: int
    hotline: str
    station_id: str
    station_name: str
    tones: str
    loudness: str
    px_per_mm: float
    languages: dict[str, str]
    officer: Officer | None
    about: str
    is_rehearsal: bool
    sample: str  # where a touch shows the camera an invented card or paper; "" where nothing is shown to it
    groups: tuple[str, ...] = tuple(name for name, _ in GROUPS)


def screen(
    template: str, *, step: Step = Step.START, idle: Idle = Idle.PAGE, status: int = 200, **context: Any
) -> Response:
    """Render a screen. Whoever asked for it, htmx puts it into #screen."""
    frame = "layout/part.html" if wants_part() else "layout/page.html"
    name = template.removesuffix(".html").replace("/", "-")
    page = render_template(template, frame=frame, view=_view(name, step, idle), **context)
    response = make_response(page, status)
    response.headers["HX-Retarget"] = "#screen"
    response.headers["HX-Reswap"] = "innerHTML"
    response.vary.add("HX-Request")
    return response


def part(template: str, **context: Any) -> Response:
    """Render a piece of a screen, which lands where it was asked for."""
    response = make_response(render_template(template, **context))
    response.vary.add("HX-Request")
    return response


def go_to(endpoint: str, **values: Any) -> AnyResponse:
    """Answer a form that went well; htmx follows and gets the next screen's part."""
    return redirect(url_for(endpoint, **values), 303)


def wants_part() -> bool:
    """Tell htmx from a browser that loads the page."""
    return request.headers.get("HX-Request") == "true"


def _view(name: str, step: Step, idle: Idle) -> View:
    config = station().config
    wanted = settings()
    visit = find_visit()
    officer = officer_here()
    own = officer is not None and request.path.startswith("/officer/")
    somebody = visit is not None or wanted != Settings() or own
    seconds: int = getattr(config.idle, f"{Idle.READING if own else idle}_seconds")
    return View(
        name=name,
        path=request.path,
        settings=wanted,
        group=step.group,
        idle_seconds=seconds if somebody else 0,
        warning_seconds=config.idle.warning_seconds,
        hotline=config.receipt.hotline,
        station_id=config.station.id,
        station_name=config.station.name,
        tones=config.keyboard.tones,
        loudness=config.sound.level,
        px_per_mm=config.screen.px_per_mm,
        languages=languages(),
        officer=officer,
        is_rehearsal=visit is not None and visit.is_rehearsal,
        sample=_sample(name, step) if visit is not None and visit.is_rehearsal else "",
        about=visit.draft.procedure.about.value if visit else "child",
    )


def _sample(name: str, step: Step) -> str:
    kept: dict[str, Any] = {key: request.args[key] for key in ("from", "page") if key in request.args}
    return url_for("sample.take", step=step.value, **kept) if name in _SHOWN else ""

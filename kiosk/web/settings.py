"""Letter size, contrast, language, reading aloud, reach, hand: kept with the visit and forgotten with it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.problems.requests import RequestRefused
from kiosk.visits import Settings
from kiosk.web.htmx import screen
from kiosk.web.route import known_page
from kiosk.web.station import find_visit, wishes
from kiosk.web.station import settings as settings_now

bp = Blueprint("settings", __name__)

_BARE = frozenset({"static", "panel.css", "preview.stream"})


@bp.get("/settings")
def show() -> Response:
    """Everything that can be chosen, in large buttons."""
    return screen("settings/page.html", back=known_page(request.args.get("back", "")))


@bp.post("/settings")
def change() -> AnyResponse:
    """Change one setting and show the same page again."""
    wanted = {name: request.form[name] for name in wishes() if name in request.form}
    if not wanted or any(value not in wishes()[name] for name, value in wanted.items()):
        raise RequestRefused("settings")
    changed = replace(settings_now(), **wanted)
    back = known_page(request.form.get("back", ""))
    visit = find_visit()
    query = {"back": request.args["back"]} if "back" in request.args else {}
    if visit is not None:
        visit.settings = changed
    else:
        query |= _beyond_default(changed)
    return redirect(f"{back}?{urlencode(query, safe='/')}".rstrip("?"), 303)


@bp.app_url_defaults
def carry(endpoint: str, values: dict[str, Any]) -> None:
    """Before there is a visit, addresses carry the settings: nothing else would remember them."""
    if endpoint not in _BARE and request and find_visit() is None:
        values.update(_beyond_default(settings_now()) | values)


def _beyond_default(settings: Settings) -> dict[str, str]:
    usual = asdict(Settings())
    return {name: value for name, value in asdict(settings).items() if value != usual[name]}

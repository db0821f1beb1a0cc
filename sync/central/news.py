"""Handing events to the stations they are for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from sync.central import events, guard
from sync.central.context import answer, database
from sync.central.problems.requests import BadHeader
from sync.central.spoken import Speech, speaks

bp = Blueprint("news", __name__)


@dataclass(frozen=True, slots=True)
class Page:
    """Events in order, each signed. Shape: `latest` is the newest number of all, whoever it is for."""

    events: tuple[dict[str, Any], ...]
    more: bool
    latest: int


@bp.get("/v1/events")
@speaks(Speech(gives={200: Page}, refuses=(BadHeader,), asks={"after": "[0-9]{1,15}"}))
def since() -> Response:
    """Tell a station what happened after an event it knows. `latest` shows it when central was set back."""
    after = request.args.get("after", "")
    if not re.fullmatch(r"[0-9]{1,15}", after):
        raise BadHeader("after: a number")
    found = events.since(database(), guard.asking().id, int(after))
    told = tuple(json.loads(document) for document in found[: events.PAGE])
    return answer(Page(told, len(found) > events.PAGE, events.latest(database())))

"""Handing events to the stations they are for."""

from __future__ import annotations

import json
import re

from flask import Blueprint, Response, request

from sync.central import events, guard
from sync.central.context import answer, database
from sync.central.problems import BadHeader

bp = Blueprint("news", __name__)
bp.before_request(guard.admit)


@bp.get("/v1/events")
def since() -> Response:
    """Tell a station what happened after an event it knows. `latest` shows it when central was set back."""
    after = request.args.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,15}", after):
        raise BadHeader("after: a number")
    found = events.since(database(), guard.asking().id, int(after))
    told = [json.loads(document) for document in found[: events.PAGE]]
    more = len(found) > events.PAGE
    return answer({"events": told, "more": more, "latest": events.latest(database())})

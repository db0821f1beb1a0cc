"""create_relay: what stations on the LAN may ask of a relay. Nothing here is signed, nobody relies on it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request

from sync.envelope import canonical
from sync.manifest import MAX_PART_BYTES, is_sha256
from sync.outbox import Kind, State
from sync.relay.intake import Intake, NotTaken, PartsWanted
from sync.relay.returns import Returns
from sync.wake import ring
from sync.wire import JSON, LINES, PROBLEM, RELAY_PREFIX

log = logging.getLogger(__name__)

bp = Blueprint("relay", __name__, url_prefix=RELAY_PREFIX)


def create_relay(folder: Path, now: Callable[[], datetime]) -> Flask:
    """Build the relay's door over its folder."""
    app = Flask("sync.relay")
    app.config["MAX_CONTENT_LENGTH"] = MAX_PART_BYTES
    app.extensions["intake"] = Intake(folder, now)
    app.extensions["returns"] = Returns(folder / "returns")
    app.register_blueprint(bp)
    app.register_error_handler(NotTaken, _not_taken)
    return app


@bp.put("/parts/<digest>")
def part(digest: str) -> Response:
    """Keep a sealed part."""
    if not is_sha256(digest):
        raise NotTaken("bad-part", 400)
    _intake().keep_part(digest, request.get_data(cache=False))
    return _answer({})


@bp.put("/items/<kind>/<uuid>")
def item(kind: str, uuid: str) -> Response:
    """Keep an item for central; hand out central's word about it once it has come."""
    if kind not in set(Kind):
        raise NotTaken("unknown-kind", 404)
    here = _intake()
    try:
        entry, is_new = here.take(Kind(kind), uuid, request.get_data(cache=False))
    except PartsWanted as why:
        return _answer({"missing": why.missing}, 424)
    if is_new:
        log.info("taken", extra={"kind": kind})
        ring(here.folder)
    if entry.acknowledgement is not None:
        return Response(entry.acknowledgement, content_type=JSON)
    if entry.state is not State.WAITING:
        raise NotTaken("central-refused", 409)  # why, the station hears from central itself
    return _answer({"state": entry.state}, 202)


@bp.put("/returns/<station>")
def return_(station: str) -> Response:
    """Keep a station's question for central; hand out the answer to an earlier one."""
    returns: Returns = current_app.extensions["returns"]
    told = returns.swap(station, request.get_data(cache=False))
    ring(_intake().folder)
    return Response(told, content_type=LINES) if told else _answer({}, 202)


def _intake() -> Intake:
    found: Intake = current_app.extensions["intake"]
    return found


def _answer(value: dict[str, Any], status: int = 200) -> Response:
    return Response(canonical(value), status, content_type=JSON)


def _not_taken(why: NotTaken) -> Response:
    return Response(canonical({"code": why.code, "status": why.status}), why.status, content_type=PROBLEM)

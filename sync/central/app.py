"""create_central: builds the ingest application."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask, Response, g, request

from sync.central import (
    batch,
    declarations,
    enrolment,
    explaining,
    guard,
    heartbeats,
    metrics,
    news,
    notices,
    openapi,
    public,
    returns,
    setup,
    status,
    uploads,
)
from sync.central.blobs import Blobs
from sync.central.context import Central, close_database
from sync.central.database import prepare_database
from sync.central.folder import CentralFolder
from sync.wire import MAX_QUESTION_BYTES

log = logging.getLogger(__name__)

_VIEWS = (
    *(declarations, batch, uploads, enrolment, news),
    *(heartbeats, notices, status, public, openapi, metrics, returns),
)
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_central(data: Path, now: Callable[[], datetime]) -> Flask:
    """Build central over a folder that `setup.prepare` has made ready.

    Errors: CentralNotReady; BadKeyFile; OSError; sqlite3.DatabaseError.
    """
    folder = CentralFolder(data)
    keys = setup.load(data)
    folder.prepare()
    prepare_database(folder.database)

    app = Flask("sync.central", root_path=str(Path(__file__).parent))
    app.config["MAX_CONTENT_LENGTH"] = MAX_QUESTION_BYTES
    app.extensions["central"] = Central(folder, keys, Blobs(folder), now)
    for views in _VIEWS:
        app.register_blueprint(views.bp)
    explaining.explain_on(app)
    app.url_map.merge_slashes = False  # an address is what was signed, not one like it
    app.before_request(guard.watch)
    app.teardown_appcontext(close_database)
    app.after_request(guard.sign)
    app.after_request(_note)
    app.after_request(_safe)
    return app


def _note(response: Response) -> Response:
    """One line for each question of the wire: what was asked and by which station, never about whom."""
    if request.path.startswith("/v1/"):
        station = g.station.id if "station" in g else None
        asked = {"method": request.method, "view": request.endpoint, "station": station}
        log.info("answered", extra=asked | {"status": response.status_code})
    return response


def _safe(response: Response) -> Response:
    for name, value in _SAFE.items():
        response.headers.setdefault(name, value)
    return response

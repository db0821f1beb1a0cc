"""Figures for a watcher on this machine, in Prometheus' text format. Nobody else may ask."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, request

from kiosk.web.station import station

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def show() -> Response:
    """Give the figures to whoever asks from this machine."""
    from kiosk.web.exposition import CONTENT_TYPE, expose  # noqa: PLC0415 - after the first page

    if not ip_address(request.remote_addr or "::").is_loopback:
        abort(404)
    figures = current_app.extensions["figures"]
    return Response(expose(station(), figures), content_type=CONTENT_TYPE)

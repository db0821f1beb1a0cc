"""Figures for a watcher on this machine, in Prometheus' text format. Nobody else may ask."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from kiosk.web.figures import Figures

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def show() -> Response:
    """Give the figures to whoever asks from this machine."""
    if not ip_address(request.remote_addr or "::").is_loopback:
        abort(404)
    figures: Figures = current_app.extensions["figures"]
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

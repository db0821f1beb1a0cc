"""/control: what commands ask a running station, over its Unix socket only."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from hardware.protocols import DeviceError, Subject
from kiosk.actions.examine import examine_station
from kiosk.actions.trial_slip import trial_slip
from kiosk.actions.try_cameras import try_cameras
from kiosk.problems.requests import ForeignRequest
from kiosk.web.station import station

bp = Blueprint("control", __name__, url_prefix="/control")


@bp.before_request
def _only_over_the_socket() -> None:
    if request.remote_addr:  # who comes over a Unix socket has no address; its file's mode let him in
        raise ForeignRequest("control")


@bp.get("/health")
def health() -> Response:
    """How every part is. Shape: a list of findings, see kiosk.health.finding."""
    return jsonify([asdict(each) for each in examine_station(station())])


@bp.get("/devices")
def devices() -> Response:
    """How paper and cameras are, in codes, without aiming anything anew.

    Shape: {"paper": a PaperState or a Trouble, "document_camera", "portrait_camera": "ok" or a Trouble}.
    """
    return jsonify(
        paper=station().devices.printer.state(),
        document_camera=_sees(Subject.CITIZEN_CARD),
        portrait_camera=_sees(Subject.PORTRAIT),
    )


def _sees(subject: Subject) -> str:
    try:
        station().devices.camera.newest(subject)
    except DeviceError as why:
        return why.trouble
    return "ok"


@bp.get("/printer")
def printer() -> Response:
    """How the printer is. Shape: {"state": a PaperState or a Trouble}."""
    return jsonify(state=station().devices.printer.state())


@bp.post("/printer/test")
def print_trial() -> Response:
    """Print a slip to look at. Shape: {"trouble": a Trouble or null}."""
    at_work = station()
    try:
        at_work.devices.printer.print_slip(trial_slip(at_work.config.station.name, at_work.now()))
    except DeviceError as why:
        return jsonify(trouble=why.trouble)
    return jsonify(trouble=None)


@bp.get("/cameras")
def cameras() -> Response:
    """What each camera gives, watched for ?seconds=. Shape: a list, see kiosk.actions.try_cameras."""
    at_work = station()
    seconds = min(10.0, max(0.5, request.args.get("seconds", 3.0, type=float)))
    camera, settings = at_work.devices.camera, at_work.config.camera
    tried = try_cameras(camera, settings, seconds, at_work.tick, at_work.pause, aim=False)
    return jsonify([asdict(each) for each in tried])

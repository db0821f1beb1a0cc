"""The child's portrait."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.procedures import CaptureKind
from kiosk.domain.steps import Step
from kiosk.web import photographing

bp = Blueprint("portrait", __name__, url_prefix="/portrait")


@bp.get("/")
def show() -> Response:
    """Show the camera, or the picture that was taken."""
    return photographing.show_shutter_or_still(Step.PORTRAIT, CaptureKind.PORTRAIT)


@bp.post("/shoot")
def take() -> AnyResponse:
    """Press the shutter."""
    return photographing.take(Step.PORTRAIT, CaptureKind.PORTRAIT)


@bp.post("/")
def use() -> AnyResponse:
    """Keep the picture."""
    return photographing.use(Step.PORTRAIT, CaptureKind.PORTRAIT)


@bp.get("/picture.jpg")
def picture() -> Response:
    """The picture itself."""
    return photographing.send_picture(CaptureKind.PORTRAIT)

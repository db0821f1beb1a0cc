"""Photograph a paper or a face."""

from __future__ import annotations

import cv2

from hardware.protocols import DeviceError, Image, Subject
from kiosk.domain.declaration import Capture
from kiosk.domain.procedures import CaptureKind
from kiosk.problems import CameraUnavailable, NothingSeenYet
from kiosk.station import Station
from kiosk.visits import Visit

LARGEST_BYTES = 600_000
"""A still is sealed at most this large: two of them pass a 3G line in seconds (docs/decisions.md)."""

_QUALITIES = (92, 86, 80, 72, 64, 55)


def shoot(station: Station, visit: Visit, kind: CaptureKind) -> Capture:
    """Take the sharpest of several fresh frames at full size, and hold it until the visitor keeps it.

    Errors: CameraUnavailable.
    """
    try:
        frame = station.devices.camera.still(Subject(kind.value))
    except DeviceError as why:
        raise CameraUnavailable(str(why)) from why
    height, width = frame.image.shape[:2]
    visit.shot = Capture(kind, encode(frame.image), width, height, station.now())
    return visit.shot


def keep(visit: Visit, kind: CaptureKind) -> None:
    """The visitor says that the picture is good.

    Errors: NothingSeenYet.
    """
    shot = visit.shot
    if shot is None or shot.kind is not kind:
        raise NothingSeenYet(kind.value)
    visit.draft = visit.draft.with_capture(shot)
    visit.shot = None


def encode(image: Image) -> bytes:
    """Compress a picture as JPEG, as little as fits LARGEST_BYTES."""
    for quality in _QUALITIES:
        done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        assert done, "a frame from the camera is always a picture"
        if len(data) <= LARGEST_BYTES:
            break
    return data.tobytes()

"""/preview/<subject>.mjpeg: what the camera sees, small and often.

One stream for a station: a browser keeps a removed image's connection, and six of them stop
every other request.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import token_hex

import cv2
from cv2.typing import MatLike
from flask import Blueprint, Response, abort, current_app
from flask.blueprints import BlueprintSetupState

from hardware.protocols import DeviceError, Image, Subject
from kiosk.station import Station
from kiosk.web.sketch import sketched
from kiosk.web.station import station

WIDTH, HEIGHT = 960, 540
QUALITY = 80
"""3.2 ms a picture on one thread (screens.md section 6)."""

LIFETIME_SECONDS = 60.0
"""kiosk.js asks for a new one before; a forgotten one ends."""

PATIENCE_SECONDS = 10.0
"""A stream that never had a picture ends then: to the browser that is an error, and it asks again. One that
had is kept while the camera is away: its end would be no error, and the old picture would stay."""

bp = Blueprint("preview", __name__, url_prefix="/preview")


NO_NEWS_SECONDS = 0.008
"""When the camera has no newer frame yet."""


@dataclass(slots=True)
class Turn:
    """Whose stream it is: a new one takes the turn, and the old one notices."""

    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _newest: int = -1
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> int:
        """Become the one stream."""
        with self._lock:
            self._newest = next(self._numbers)
            return self._newest

    def is_mine(self, number: int) -> bool:
        """Say whether no newer stream has begun."""
        return number == self._newest


@bp.record_once
def prepare(setup: BlueprintSetupState) -> None:
    """Give the application its one turn."""
    setup.app.extensions["preview"] = Turn()


@bp.get("/<subject>.mjpeg")
def stream(subject: str) -> Response:
    """Stream pictures until somebody else looks, or a minute is over."""
    try:
        wanted = Subject(subject)
    except ValueError:
        abort(404)
    turn: Turn = current_app.extensions["preview"]
    fps = station().config.screen.preview_fps
    boundary = token_hex(16)  # long and random: a short one can occur inside a picture
    parts = _parts(_pictures(station(), wanted, 1 / fps, turn), boundary.encode())
    return Response(parts, mimetype=f"multipart/x-mixed-replace; boundary={boundary}")


def _pictures(at_work: Station, subject: Subject, pause: float, turn: Turn) -> Iterator[bytes]:
    """JPEGs, each of a frame not shown before; never an empty one, which would crash the browser."""
    mine = turn.take()
    began = due_at = time.monotonic()
    number = -1
    while turn.is_mine(mine) and time.monotonic() - began < LIFETIME_SECONDS:
        try:
            frame = at_work.devices.camera.newest(subject)
        except DeviceError:
            frame = None
        if frame is not None and frame.number != number:
            number = frame.number
            yield _jpeg(sketched(_small(frame.image), at_work.lookout.glance_at(subject)))
        elif number < 0 and time.monotonic() - began > PATIENCE_SECONDS:
            return
        else:
            time.sleep(NO_NEWS_SECONDS)
            continue
        now = time.monotonic()
        due_at = max(due_at + pause, now)
        time.sleep(due_at - now)


def _small(image: Image) -> MatLike:
    height, width = image.shape[:2]
    scale = min(WIDTH / width, HEIGHT / height, 1.0)
    if scale < 1.0:
        size = (round(width * scale), round(height * scale))
        return cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return image


def _jpeg(image: MatLike) -> bytes:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return data.tobytes()


def _parts(pictures: Iterator[bytes], boundary: bytes) -> Iterator[bytes]:
    """Each picture with the boundary that ends it, so that the browser need not wait for the next one."""
    begin = b"--%b\r\n" % boundary
    for picture in pictures:
        head = b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(picture)
        yield begin + head + picture + b"\r\n--%b\r\n" % boundary
        begin = b""

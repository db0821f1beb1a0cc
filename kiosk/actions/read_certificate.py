"""Read a photographed birth certificate in the background: no visitor waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from hardware.protocols import Image
from kiosk.actions.still import codes
from kiosk.station import Station
from kiosk.vision.assess import Assessment, assess_reading
from kiosk.visits import Shot, Visit

log = logging.getLogger(__name__)

Failure = Callable[[Visit, Shot], Shot]
"""What is to be done with a shot that turns out not to be legible."""


def read_later(
    station: Station, visit: Visit, shot: Shot, image: Image, seen: Assessment, failed: Failure
) -> None:
    """Let the background thread read it; what it finds joins the visit, if that is still under way."""
    visit.in_reading.add(shot.capture.sha256)
    reading = station.background.submit(_read, station, visit, shot, image, seen, failed)
    reading.add_done_callback(partial(_ended, visit, shot))


def _read(
    station: Station, visit: Visit, shot: Shot, image: Image, seen: Assessment, failed: Failure
) -> None:
    read = assess_reading(image, seen, station.lookout.limits)
    if read.unread:
        _not_read(visit, shot, read.unread)
        return
    with visit.lock:  # a visit that has ended is nobody's any more: what is written here goes with it
        visit.in_reading.discard(shot.capture.sha256)
        if read.certificate is not None:
            visit.texts[shot.capture.sha256] = read.certificate
        capture = replace(shot.capture, flaws=codes(read))
        told = replace(shot, capture=capture, flaws=read.flaws, reading=False)
        if visit.shot is shot:
            visit.shot = told if told.accepted else failed(visit, told)
        elif visit.draft.capture(capture.kind, capture.page) == shot.capture:
            visit.draft = visit.draft.with_capture(capture)  # kept meanwhile: only marked


def _ended(visit: Visit, shot: Shot, reading: Future[None]) -> None:
    """What nobody foresaw is told by its kind alone: a message might repeat what the paper says."""
    if not reading.cancelled() and (why := reading.exception()) is not None:
        _not_read(visit, shot, type(why).__name__)


def _not_read(visit: Visit, shot: Shot, why: str) -> None:
    """The picture stays as good as it looks; a finding says that nothing on it was compared."""
    log.warning("the certificate was not read: %s", why)
    with visit.lock:
        visit.in_reading.discard(shot.capture.sha256)
        visit.unread.add(shot.capture.sha256)
        if visit.shot is shot:
            visit.shot = replace(shot, reading=False)

"""Photograph a paper, a card or a face; keep the picture, or take another."""

from __future__ import annotations

from dataclasses import replace

from hardware.protocols import DeviceError, Image
from kiosk.domain.capture import Kept
from kiosk.domain.findings import Severity
from kiosk.domain.overrides import OverrideReason
from kiosk.domain.photo_words import FlawCode
from kiosk.domain.procedures import CaptureKind
from kiosk.lookout import SUBJECTS
from kiosk.problems.answers import ChoiceMissing
from kiosk.problems.devices import CameraUnavailable
from kiosk.problems.reading import NothingSeenYet, PhotoFlawed
from kiosk.station import Station
from kiosk.vision.likeness import alike
from kiosk.visits import Failed, Shot, Visit

TRIES = 3
"""After so many failed tries the visitor may keep the best of them, or call staff: never a dead end."""

_NOTHING_SEEN = frozenset({FlawCode.NO_DOCUMENT, FlawCode.NO_FACE})


def shoot(station: Station, visit: Visit, kind: CaptureKind, page: int = 1) -> Shot:
    """Take the sharpest of several fresh frames at full size, judge it, and hold it until it is kept.

    From the third failed try on, the best of them is held.
    Errors: CameraUnavailable.
    """
    try:
        station.devices.camera.aim(SUBJECTS[kind])
        frame = station.devices.camera.still(SUBJECTS[kind])
    except DeviceError as why:
        raise CameraUnavailable(str(why)) from why
    return judge(station, visit, kind, frame.image, page)


def judge(station: Station, visit: Visit, kind: CaptureKind, image: Image, page: int = 1) -> Shot:
    """Judge a picture, and hold it until it is kept."""
    from kiosk.actions.read_certificate import read_later  # noqa: PLC0415 - the first page judges nothing
    from kiosk.actions.still import assess, develop  # noqa: PLC0415

    assessed = assess(image, kind, station.lookout)
    largest_bytes = 1000 * station.config.still.largest_kb
    shot = develop(image, kind, page, assessed, station.now(), largest_bytes)
    if assessed.certificate is not None:
        visit.texts[shot.capture.sha256] = assessed.certificate
    if not shot.accepted:
        shot = count_failure(visit, shot)
    elif kind is CaptureKind.BIRTH_CERTIFICATE and assessed.certificate is None:
        shot = replace(shot, reading=True)
        read_later(station, visit, shot, image, assessed, count_failure)
    visit.shot = shot
    return shot


def keep(visit: Visit, kind: CaptureKind, page: int = 1) -> None:
    """The visitor says that the picture is good, or gives up trying for a better one.

    Errors: NothingSeenYet; PhotoFlawed, when it would be sent back and there is still hope.
    """
    shot = held(visit, kind, page)
    if not shot.accepted and not may_give_up(visit, shot):
        raise PhotoFlawed(", ".join(shot.capture.flaws))
    _keep(visit, shot, Kept.GOOD if shot.accepted else Kept.BEST_OF_TRIES)


def override(visit: Visit, kind: CaptureKind, page: int, reason: str) -> None:
    """An officer keeps the picture as it is, and says why; both are sealed with it.

    Errors: NothingSeenYet; ChoiceMissing, without a reason.
    """
    shot = held(visit, kind, page)
    if reason not in set(OverrideReason):
        raise ChoiceMissing("override")
    _keep(visit, shot, Kept.STAFF, reason)


def held(visit: Visit, kind: CaptureKind, page: int) -> Shot:
    """The picture that waits to be kept.

    Errors: NothingSeenYet.
    """
    shot = visit.shot
    if shot is None or (shot.capture.kind, shot.capture.page) != (kind, page):
        raise NothingSeenYet(kind.value)
    return shot


def may_give_up(visit: Visit, shot: Shot) -> bool:
    """Say whether there were tries enough."""
    failed = visit.failed.get(shot.capture.name)
    return failed is not None and failed.count >= TRIES


def count_failure(visit: Visit, shot: Shot) -> Shot:
    """Remember a failed try; return what the visitor is shown: this one, or at last the best of all."""
    name, look = shot.capture.name, (shot.likeness, shot.flaws[0].code)
    before = visit.failed.get(name)
    if before is None:
        visit.failed[name] = Failed(shot, (look,))
        return shot
    again = any(alike(look[0], likeness) and code is look[1] for likeness, code in before.looks)
    shot = replace(shot, repeated=again)
    best = max(before.best, shot, key=_merit)
    visit.failed[name] = Failed(best, (*before.looks, look))
    return replace(best, repeated=again) if may_give_up(visit, shot) else shot


def _keep(visit: Visit, shot: Shot, kept: Kept, reason: str = "") -> None:
    visit.draft = visit.draft.with_capture(replace(shot.capture, kept=kept, reason=reason))
    visit.failed.pop(shot.capture.name, None)
    visit.shot = None


def _merit(shot: Shot) -> tuple[int, float]:
    """Fewer faults first, then sharper; a picture in which nothing was found is the last resort."""
    faults = sum(flaw.severity >= Severity.RETURN for flaw in shot.flaws)
    blank = any(flaw.code in _NOTHING_SEEN for flaw in shot.flaws)
    return -faults - 9 * blank, shot.sharpness

"""What becomes of a still: judged, cut out, compressed."""

from __future__ import annotations

from datetime import datetime

from hardware.protocols import Image
from kiosk.domain.capture import Capture
from kiosk.domain.measurements import DocumentMeasurements
from kiosk.domain.photo_words import FlawCode, PhotoKind
from kiosk.domain.procedures import CaptureKind
from kiosk.lookout import PHOTO_KINDS, Lookout
from kiosk.vision.assess import Assessment, assess_moved, assess_paper, assess_portrait, assess_reading
from kiosk.vision.jpeg import encode
from kiosk.vision.likeness import perceptual_hash
from kiosk.vision.photo import reading_crop, rectified
from kiosk.visits import Shot

SHEET_SHARE = 2 / 3
"""Of a still's bytes, for the paper cut out of it: it holds the same writing and no table."""


def assess(image: Image, kind: CaptureKind, lookout: Lookout) -> Assessment:
    """Judge a still by its looks; a certificate that is refused only as dark by how it reads as well."""
    if PHOTO_KINDS[kind] is PhotoKind.PORTRAIT:
        return assess_portrait(image, lookout.finder, lookout.limits)
    seen = assess_paper(image, PHOTO_KINDS[kind], lookout.limits)
    if _is_soft(seen):
        return assess_moved(seen, PHOTO_KINDS[kind], lookout.limits, lookout.glance(kind).motion)
    if kind is CaptureKind.BIRTH_CERTIFICATE and _only_dark(seen):
        return assess_reading(image, seen, lookout.limits)
    return seen


def develop(
    image: Image, kind: CaptureKind, page: int, assessed: Assessment, at: datetime, largest_bytes: int
) -> Shot:
    """Make of a still what the visitor is shown and what may be sealed, in at most so many bytes."""
    height, width = image.shape[:2]
    sheet = rectified(image, assessed.corners) if assessed.corners else None
    capture = Capture(
        kind,
        encode(image, largest_bytes),
        width,
        height,
        at,
        page,
        sheet=None if sheet is None else encode(sheet, round(SHEET_SHARE * largest_bytes)),
        flaws=codes(assessed),
    )
    return Shot(
        capture,
        assessed.flaws,
        _sharpness(assessed),
        perceptual_hash(image),
        crop=None if sheet is None else encode(reading_crop(sheet), largest_bytes),
    )


def codes(assessed: Assessment) -> tuple[str, ...]:
    """What a reviewer would object to, for the record."""
    return tuple(flaw.code.value for flaw in assessed.flaws)


def _is_soft(seen: Assessment) -> bool:
    return FlawCode.BLURRED in {flaw.code for flaw in seen.flaws}


def _only_dark(seen: Assessment) -> bool:
    return {flaw.code for flaw in seen.flaws} == {FlawCode.DARK}


def _sharpness(assessed: Assessment) -> float:
    measured = assessed.measured
    return measured.text.sharpness if isinstance(measured, DocumentMeasurements) else measured.sharpness

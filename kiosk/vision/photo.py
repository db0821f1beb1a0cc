"""A photograph measured as a whole: where the sheet is, how its writing and light are, and how it reads."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.domain.certificate import CertificateText, labels_found, read_certificate
from kiosk.domain.measurements import (
    Corners,
    DocumentMeasurements,
    Extent,
    ReadingMeasurements,
    Sighting,
    TextMeasurements,
)
from kiosk.domain.photo_words import PhotoKind
from kiosk.vision.document import CARD, PAPER, Shape, find_document
from kiosk.vision.edges import reduced
from kiosk.vision.legibility import measure_text
from kiosk.vision.mat import MatView, find_mat, is_mat_itself, lies_inside, only_mat
from kiosk.vision.ocr import MOST_READING_SECONDS, read_sheet
from kiosk.vision.rectify import flattened, squareness, turn_degrees, upright

_SHEET_PX = 1100  # long side at which writing is measured: 3.7 px per mm of A4
_READ_PX = 1600


def measure_document(image: Image, kind: PhotoKind) -> DocumentMeasurements:
    """Measure a still of a paper or card; what it says is left to `read_document`."""
    sighting, px_per_mm = _sight(image, kind)
    return described(image, sighting, measure_sheet(image, sighting.corners), px_per_mm)


def described(
    image: Image, sighting: Sighting, text: TextMeasurements, px_per_mm: float | None = None
) -> DocumentMeasurements:
    """Put together what was measured, with what follows from the corners."""
    height, width = image.shape[:2]
    seen = sighting.corners
    return DocumentMeasurements(
        width_px=width,
        height_px=height,
        sighting=sighting,
        fill=_fill(seen, width, height) if seen else 0.0,
        squareness=squareness(seen) if seen else 1.0,
        turn_degrees=turn_degrees(seen) if seen else 0.0,
        px_per_mm=px_per_mm,
        text=text,
    )


def measure_sheet(image: Image, corners: Corners | None, longest_px: int = _SHEET_PX) -> TextMeasurements:
    """Measure the writing on a sheet, or on the whole picture where no sheet is seen."""
    if corners is None:
        scale = min(1.0, longest_px / max(image.shape[:2]))
        grey = _grey(reduced(image, scale))
        brightest = float(np.percentile(grey, 98)) / 255  # a mat may be dark; paper or a desk is not
        return replace(measure_text(grey, scale), brightness=brightest)
    sheet, scale = flattened(image, corners, longest_px)
    return measure_text(_grey(sheet), scale)


def sight(image: Image, shape: Shape) -> Sighting:
    """Look for the sheet in a live frame; a mat on which nothing lies is no sheet that is cut off."""
    sighting = find_document(image, shape)
    return _without_mat(sighting, find_mat(image)) if sighting.extent is Extent.CUT else sighting


def read_document(
    image: Image, corners: Corners, seconds: float = MOST_READING_SECONDS
) -> tuple[ReadingMeasurements, CertificateText]:
    """Read a certificate: about a second, for after the shutter.

    Errors: kiosk.vision.ocr.CannotRead.
    """
    reading = read_sheet(upright(_grey(flattened(image, corners, _READ_PX)[0])), seconds)
    lines = reading.lines
    measured = ReadingMeasurements(
        words=len(reading.words),
        confidence=reading.confidence,
        read_share=reading.read_share,
        labels=labels_found(lines),
    )
    return measured, read_certificate(lines)


def rectified(image: Image, corners: Corners, longest_px: int = 4000) -> Image:
    """Cut the sheet out, square and upright, in colour: kept beside the untouched still."""
    return upright(flattened(image, corners, longest_px)[0])


def reading_crop(sheet: Image, width_px: int = 1200, height_px: int = 420) -> Image:
    """Cut a strip with writing from an upright sheet, at its own pixels: "can you read this?"."""
    grey = _grey(sheet)
    ink = (cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8)) > 25).astype(np.float32)
    height, width = grey.shape
    wide, high = min(width_px, width), min(height_px, height)
    amount = cv2.boxFilter(ink, -1, (wide, high), borderType=cv2.BORDER_CONSTANT)
    top, left = high // 2, wide // 2  # of the strip's own middle; it must lie on the sheet
    _, _, _, (x, y) = cv2.minMaxLoc(amount[top : top + height - high + 1, left : left + width - wide + 1])
    return np.ascontiguousarray(sheet[y : y + high, x : x + wide])


def _sight(image: Image, kind: PhotoKind) -> tuple[Sighting, float | None]:
    """Look for the sheet; on a mat, once more with all else painted over if the first look was in doubt."""
    shape = PAPER if kind is PhotoKind.BIRTH_CERTIFICATE else CARD
    sighting, mat = find_document(image, shape), find_mat(image)
    if mat is None:
        return sighting, None
    if sighting.corners is None or not lies_inside(sighting.corners, mat):
        second = find_document(only_mat(image, mat), shape)
        alone = second.extent is Extent.WHOLE and second.corners and lies_inside(second.corners, mat)
        sighting = second if alone else Sighting(Extent.NONE) if sighting.corners else sighting
    return _without_mat(sighting, mat), mat.px_per_mm


def _without_mat(sighting: Sighting, mat: MatView | None) -> Sighting:
    is_mat = mat is not None and sighting.outline is not None and is_mat_itself(sighting.outline, mat)
    return Sighting(Extent.NONE) if is_mat and sighting.corners is None else sighting


def _fill(corners: Corners, width: int, height: int) -> float:
    seen = np.array(corners)
    extent = seen.max(0) - seen.min(0)
    return float(max(extent[0] / width, extent[1] / height))


def _grey(image: Image) -> Image:
    return image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8)

"""A still judged as a reviewer would: everything measured, the paper read, the flaws named."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hardware.protocols import Image
from kiosk.domain.certificate import CertificateText
from kiosk.domain.measurements import Corners, DocumentMeasurements, PortraitMeasurements
from kiosk.domain.photo_words import PhotoKind
from kiosk.domain.quality import Flaw, PhotoThresholds, accepted, judge_document, judge_portrait
from kiosk.vision.faces import FaceFinder
from kiosk.vision.ocr import MOST_READING_SECONDS, CannotRead
from kiosk.vision.photo import measure_document, read_document
from kiosk.vision.portrait import measure_portrait


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """What was found out about one still.

    Shape: `certificate` is what was read, only of a birth certificate that lies whole in the picture;
           None also where reading failed, which `unread` then explains.
    """

    measured: DocumentMeasurements | PortraitMeasurements
    flaws: tuple[Flaw, ...]
    certificate: CertificateText | None = None
    unread: str = ""

    @property
    def accepted(self) -> bool:
        """True if a reviewer would not send it back."""
        return accepted(self.flaws)

    @property
    def corners(self) -> Corners | None:
        """Corners of the sheet, px of the picture; None without a whole sheet."""
        return self.measured.sighting.corners if isinstance(self.measured, DocumentMeasurements) else None


def assess_paper(image: Image, kind: PhotoKind, limits: PhotoThresholds) -> Assessment:
    """Judge a paper or card by its looks: a tenth of a second for 1080p, two for 8 MP."""
    measured = measure_document(image, kind)
    return Assessment(measured, judge_document(measured, kind, limits))


def assess_moved(seen: Assessment, kind: PhotoKind, limits: PhotoThresholds, motion: float) -> Assessment:
    """Judge a blurred paper again by what the live picture saw: one that moved is told to lie still.

    Units: `motion` as kiosk.vision.motion measures it.
    """
    assert isinstance(seen.measured, DocumentMeasurements)
    measured = replace(seen.measured, motion=motion)
    return Assessment(measured, judge_document(measured, kind, limits))


def assess_certificate(image: Image, limits: PhotoThresholds) -> Assessment:
    """Judge a birth certificate by its looks and by how it reads: about a second more."""
    return assess_reading(image, assess_paper(image, PhotoKind.BIRTH_CERTIFICATE, limits), limits)


def assess_reading(
    image: Image, seen: Assessment, limits: PhotoThresholds, seconds: float = MOST_READING_SECONDS
) -> Assessment:
    """Judge a certificate, judged by its looks before, by how it reads as well."""
    if seen.corners is None:
        return seen
    try:
        reading, text = read_document(image, seen.corners, seconds)
    except CannotRead as why:
        return replace(seen, unread=str(why))
    assert isinstance(seen.measured, DocumentMeasurements)
    measured = replace(seen.measured, reading=reading)
    return Assessment(measured, judge_document(measured, PhotoKind.BIRTH_CERTIFICATE, limits), text)


def assess_portrait(image: Image, finder: FaceFinder, limits: PhotoThresholds) -> Assessment:
    """Judge a portrait."""
    measured = measure_portrait(image, finder, live=False)
    return Assessment(measured, judge_portrait(measured, limits))

"""Judges the live picture frame by frame, in turns, so that no frame takes long; says when to fire."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from hardware.protocols import Image
from kiosk.domain.guidance import Guidance, Guide
from kiosk.domain.measurements import Corners, PortraitMeasurements, Sighting, TextMeasurements
from kiosk.domain.photo_words import PhotoKind
from kiosk.domain.quality import Flaw, PhotoThresholds, judge_document, judge_portrait
from kiosk.vision.document import CARD, PAPER
from kiosk.vision.edges import reduced
from kiosk.vision.faces import FaceFinder
from kiosk.vision.motion import MotionMeter
from kiosk.vision.photo import described, measure_sheet, sight
from kiosk.vision.portrait import measure_portrait

LIVE_PX = 1920  # wider frames are halved first; the still is judged at its own size
SHEET_PX = 1000
_RECENT_SECONDS = 1.0  # a still is the sharpest of what was seen in about that


class LiveJudge:
    """One subject before one camera, from the first frame to the shutter. Used by one thread."""

    def __init__(self, kind: PhotoKind, finder: FaceFinder | None, limits: PhotoThresholds) -> None:
        self._kind = kind
        self._limits = limits
        self._relaxed = limits.relaxed()
        self._guide = Guide()
        self._motion = MotionMeter()
        self._moves: list[tuple[float, float]] = []  # when, and how much
        self._look: _Look = _FaceLook(finder) if finder is not None else _PaperLook(kind)
        if (kind is PhotoKind.PORTRAIT) != (finder is not None):
            raise ValueError("a portrait needs a face finder, and nothing else does")

    def observe(self, image: Image, taken_at: float) -> Guidance:
        """Judge one frame and return what to show.

        Units: `taken_at` in seconds on the monotonic clock.
        """
        motion = self._motion.observe(image)
        self._moves = [(at, moved) for at, moved in self._moves if taken_at - at < _RECENT_SECONDS]
        self._moves.append((taken_at, motion or 0.0))
        limits = self._relaxed if self._guide.good else self._limits
        scale = min(1.0, LIVE_PX / max(image.shape[:2]))
        flaws = self._look.flaws(reduced(image, scale) if scale < 1 else image, motion, limits, scale)
        return self._guide.observe(flaws, taken_at)

    @property
    def ready(self) -> bool:
        """True if the picture has been good and still long enough: press the shutter."""
        return self._guide.ready

    @property
    def motion(self) -> float:
        """The most that changed between two frames of the last second; units as in kiosk.vision.motion."""
        return max((moved for _, moved in self._moves), default=0.0)

    @property
    def outline(self) -> Corners | None:
        """Corners of the sheet last seen, whole or cut off, as parts of the picture's width and height."""
        return self._look.outline


class _Look(Protocol):
    outline: Corners | None

    def flaws(
        self, image: Image, motion: float | None, limits: PhotoThresholds, scale: float
    ) -> tuple[Flaw, ...]: ...


class _PaperLook:
    """Looks for the sheet and measures its writing, one in one frame and the other in the next."""

    def __init__(self, kind: PhotoKind) -> None:
        self._kind = kind
        self._shape = PAPER if kind is PhotoKind.BIRTH_CERTIFICATE else CARD
        self._sighting: Sighting | None = None
        self._text: TextMeasurements | None = None
        self._moved = 0.0  # when the writing was measured: what was not sharp then had moved
        self._where_next = True
        self.outline: Corners | None = None

    def flaws(
        self, image: Image, motion: float | None, limits: PhotoThresholds, scale: float
    ) -> tuple[Flaw, ...]:
        """Look where the sheet is, or how its writing is; judge by the newest of both."""
        if self._where_next or self._sighting is None:
            self._sighting = sight(image, self._shape)
            self.outline = _as_parts(self._sighting.outline, image)
        else:
            text = measure_sheet(image, self._sighting.corners, SHEET_PX)
            self._text = replace(text, text_height_px=text.text_height_px / scale)
            self._moved = motion or 0.0
        self._where_next = not self._where_next
        if self._text is None:  # the very first frame: say nothing of writing not yet measured
            self._text = measure_sheet(image, self._sighting.corners, SHEET_PX)
        measured = described(image, self._sighting, self._text)
        moved = max(motion or 0.0, self._moved)
        return judge_document(replace(measured, motion=moved), self._kind, limits)


class _FaceLook:
    """Finds the face in every frame; a live look is quick."""

    outline: Corners | None = None

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._last: PortraitMeasurements | None = None
        self._missed = 0

    def flaws(
        self, image: Image, motion: float | None, limits: PhotoThresholds, scale: float
    ) -> tuple[Flaw, ...]:
        """Judge the face; a finder that misses one frame of three is forgiven."""
        measured = measure_portrait(image, self._finder, live=True)
        self._missed = 0 if measured.faces else self._missed + 1
        if not measured.faces and self._last is not None and self._missed <= 2:
            measured = self._last
        self._last = measured
        measured = replace(measured, eye_distance_px=measured.eye_distance_px / scale, motion=motion)
        return judge_portrait(measured, limits)


def _as_parts(outline: Corners | None, image: Image) -> Corners | None:
    if outline is None:
        return None
    height, width = image.shape[:2]
    a, b, c, d = ((x / width, y / height) for x, y in outline)
    return (a, b, c, d)

"""Would this photograph be sent back? Measurements in, flaws in the visitor's words out, worst first."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from kiosk.domain.findings import Severity
from kiosk.domain.measurements import (
    DocumentMeasurements,
    Extent,
    PortraitMeasurements,
    TextMeasurements,
)
from kiosk.domain.photo_words import CORNERS, SIDES, FlawCode, PhotoKind, Words, words_of

_WRITTEN = 0.02  # of a picture's area: something is to be read there
_NEAR_SHARE = (
    0.45  # of the picture's height: a face as near as that and still too few pixels is the camera's fault
)


@dataclass(frozen=True, slots=True)
class PhotoThresholds:
    """[photo]: from where on a photograph is flawed.

    Units: as in kiosk.domain.measurements.
    Source: docs/photos.md: generated pages, scenes and faces; to be measured again on the station's own
            camera, lamp and mat.
    """

    least_fill: float = 0.55  # of the picture, by the sheet's longer extent
    least_squareness: float = 0.8
    most_turn_degrees: float = 14.0
    least_text_px: float = 7.5  # height of small letters
    least_sharpness: float = 2.3
    least_evenness: float = 0.42  # of what is not sharp: moved, not out of focus
    least_legibility: float = 0.48  # of what a machine read; see `legibility`
    most_noise: float = 10.0  # grain of a sensor that gets too little light
    least_contrast: float = 0.15
    least_brightness: float = 0.25
    least_sure_legibility: float = 0.6  # a machine that reads so much of a dark paper has seen enough
    least_read_brightness: float = 0.12  # of a paper so read: people must see it too
    most_brightness: float = 0.975
    most_clipped: float = 0.3
    most_glare: float = 0.004
    most_motion: float = 3.0
    most_face_motion: float = 12.0  # a child never sits quite still
    least_eye_distance_px: float = 90.0
    least_face_share: float = 0.2
    most_face_share: float = 0.62
    most_offset: float = 0.16
    most_second_share: float = 0.15
    most_roll_degrees: float = 14.0
    most_yaw: float = 0.2
    least_face_sharpness: float = 1.85
    least_face_evenness: float = 0.35
    least_face_brightness: float = 0.25
    most_face_brightness: float = 0.85
    most_face_clipped: float = 0.08

    def relaxed(self, part: float = 0.1) -> PhotoThresholds:
        """The same limits, each wider by a part of itself: once good, a picture stays good for longer."""
        wider = {
            each.name: getattr(self, each.name) * (1 - part if each.name.startswith("least") else 1 + part)
            for each in fields(self)
        }
        return replace(self, **wider)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing a reviewer would object to.

    Shape: `hint` has at most five words, for the live picture; `message` is a sentence that ends with
           what to do. Both are message ids in Vietnamese.
    """

    code: FlawCode
    severity: Severity
    hint: str
    message: str


def accepted(flaws: tuple[Flaw, ...]) -> bool:
    """True if nothing is there for which a reviewer would send it back."""
    return all(flaw.severity < Severity.RETURN for flaw in flaws)


def judge_document(
    measured: DocumentMeasurements, kind: PhotoKind, limits: PhotoThresholds
) -> tuple[Flaw, ...]:
    """List every flaw of a photographed paper or card; empty means keep it."""
    if measured.sighting.extent is Extent.WHOLE:
        found = _light(measured, limits) + _place(measured, limits) + _writing(measured, kind, limits)
        return tuple(_flaws(found, kind))
    missing = (
        _cut(measured, kind)
        if measured.sighting.extent is Extent.CUT
        else [_flaw(FlawCode.NO_DOCUMENT, kind)]
    )
    dark = _flaws(_darkness(measured.text, limits), kind)
    written = measured.text.text_share > _WRITTEN
    return (*dark, *missing) if dark and written else (*missing, *dark)


def judge_portrait(measured: PortraitMeasurements, limits: PhotoThresholds) -> tuple[Flaw, ...]:
    """List every flaw of a photographed face; empty means keep it."""
    if not measured.faces:
        return (_flaw(FlawCode.NO_FACE, PhotoKind.PORTRAIT),)
    far = measured.face_share < limits.least_face_share
    few_px = measured.eye_distance_px < limits.least_eye_distance_px
    soft = measured.sharpness < limits.least_face_sharpness
    coarse = measured.eye_distance_px * _NEAR_SHARE < limits.least_eye_distance_px * measured.face_share
    codes = {
        FlawCode.MANY_FACES: measured.second_share > limits.most_second_share,
        FlawCode.DARK: min(measured.brightness, 1.3 * measured.darker_cheek) < limits.least_face_brightness,
        FlawCode.BRIGHT: measured.brightness > limits.most_face_brightness
        or measured.clipped_share > limits.most_face_clipped,
        FlawCode.LOW_RESOLUTION: few_px and coarse and not far,
        FlawCode.FACE_OFF_CENTRE: _beside(measured, limits),
        FlawCode.FACE_SMALL: far or (few_px and not coarse),
        FlawCode.TOO_CLOSE: measured.face_share > limits.most_face_share,
        FlawCode.MOTION: _moves(measured.motion, limits.most_face_motion)
        or (soft and measured.evenness < limits.least_face_evenness),
        FlawCode.BLURRED: soft,
        FlawCode.FACE_TURNED: _turned(measured, limits),
        FlawCode.EYES_HIDDEN: measured.eyes_open < 2,
    }
    return tuple(_flaws([code for code, present in codes.items() if present], PhotoKind.PORTRAIT))


def legibility(measured: DocumentMeasurements) -> float:
    """How much of a paper's writing can be read, 0 to 1; 1 where no machine has tried.

    Source: AUC 0.998 between pages of which 90 % and 70 % of the letters were read right; legible ones
            from 0.55, illegible ones to 0.47 (225 shots of tests/pages). A form without our labels gets half.
    """
    reading = measured.reading
    if reading is None:
        return 1.0
    read = (reading.read_share + reading.labels) / 2 * reading.confidence
    return read * max(0.0, 1 - 2.5 * measured.text.glare_share)


def _flaws(codes: list[FlawCode], kind: PhotoKind) -> list[Flaw]:
    return [_flaw(code, kind) for code in codes]


def _flaw(code: FlawCode, kind: PhotoKind) -> Flaw:
    return _worded(code, words_of(code, kind))


def _worded(code: FlawCode, words: Words) -> Flaw:
    return Flaw(code, words.severity, words.hint, words.message)


def _cut(measured: DocumentMeasurements, kind: PhotoKind) -> list[Flaw]:
    """Name the corner or side that is outside, as the visitor sees it on the screen."""
    missing = measured.sighting.missing
    if len(missing) == 1:
        return [_worded(FlawCode.CUT_OFF, CORNERS[missing[0]])]
    if len(missing) == 2 and missing in SIDES:
        return [_worded(FlawCode.CUT_OFF, SIDES[missing])]
    cut = _flaw(FlawCode.CUT_OFF, kind)
    return [_flaw(FlawCode.TOO_CLOSE, kind), cut] if len(missing) > 2 else [cut]


def _darkness(text: TextMeasurements, limits: PhotoThresholds) -> list[FlawCode]:
    dark = text.brightness < limits.least_brightness or text.noise > limits.most_noise
    return [FlawCode.DARK] if dark else []


def _light(measured: DocumentMeasurements, limits: PhotoThresholds) -> list[FlawCode]:
    text = measured.text
    glared = text.glare_share > limits.most_glare
    if text.brightness > limits.most_brightness or (text.clipped_share > limits.most_clipped and not glared):
        return [FlawCode.BRIGHT]
    dark = [] if _read_surely(measured, limits) else _darkness(text, limits)
    return dark + ([FlawCode.GLARE] if glared else [])


def _read_surely(measured: DocumentMeasurements, limits: PhotoThresholds) -> bool:
    """True if so much of a paper was read that little light or much grain is no reason to send it back."""
    seen = measured.text.brightness >= limits.least_read_brightness
    return measured.reading is not None and seen and legibility(measured) >= limits.least_sure_legibility


def _place(measured: DocumentMeasurements, limits: PhotoThresholds) -> list[FlawCode]:
    turned = abs(measured.turn_degrees) > limits.most_turn_degrees
    codes = {
        FlawCode.TOO_FAR: measured.fill < limits.least_fill,
        FlawCode.SKEWED: turned or measured.squareness < limits.least_squareness,
    }
    return [code for code, present in codes.items() if present]


def _writing(measured: DocumentMeasurements, kind: PhotoKind, limits: PhotoThresholds) -> list[FlawCode]:
    """Letters too small, or not sharp; where a machine has read the paper, what it could not read counts."""
    text = measured.text
    unread = kind is PhotoKind.BIRTH_CERTIFICATE and legibility(measured) < limits.least_legibility
    soft = text.sharpness < limits.least_sharpness
    codes = {
        FlawCode.MOTION: _moves(measured.motion, limits.most_motion)
        or (soft and text.evenness < limits.least_evenness),
        FlawCode.LOW_RESOLUTION: text.text_height_px < limits.least_text_px,
        FlawCode.BLURRED: soft or text.contrast < limits.least_contrast or unread,
    }
    return [code for code, present in codes.items() if present]


def _moves(motion: float | None, most: float) -> bool:
    return motion is not None and motion > most


def _beside(measured: PortraitMeasurements, limits: PhotoThresholds) -> bool:
    """Sideways from the middle, or so high or low that part of the head is missing."""
    assert measured.box is not None
    _, top, _, height = measured.box
    above, below = top / height, (measured.height_px - top - height) / height
    return abs(measured.offset_x) > limits.most_offset or above < 0.15 or below < 0.2


def _turned(measured: PortraitMeasurements, limits: PhotoThresholds) -> bool:
    nodding = measured.pitch is not None and not 0.3 < measured.pitch < 0.85
    aside = measured.yaw is not None and abs(measured.yaw) > limits.most_yaw
    return aside or nodding or abs(measured.roll_degrees) > limits.most_roll_degrees

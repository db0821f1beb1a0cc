"""What is measured on a photograph: plain numbers with their units, for the domain to judge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right, bottom left as seen. Units: px of the picture, from its top left."""


class Extent(StrEnum):
    """How much of a sheet is in the picture."""

    WHOLE = "whole"
    CUT = "cut"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen of a sheet.

    Shape: `corners` only of a whole sheet; `outline` also of one that is cut off, for drawing;
           `missing` are the numbers of the corners that are outside, 0 = top left, clockwise.
    """

    extent: Extent
    corners: Corners | None = None
    outline: Corners | None = None
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextMeasurements:
    """Writing on a sheet, and the light on it.

    Units: `sharpness` is the height of small letters in widths of their edges, in the worst tenth of
           the text; `evenness` is the least sharp direction over the sharpest; levels and shares are
           parts of 1; `noise` is in grey levels of 255.
    """

    text_height_px: float = 0.0  # of small letters with their marks, in the picture as taken
    text_share: float = 0.0  # of the sheet's area
    sharpness: float = 0.0
    evenness: float = 1.0  # low where paper or camera moved
    contrast: float = 0.0  # of ink against paper
    brightness: float = 0.0  # level of the paper
    clipped_share: float = 0.0  # of the sheet: as white as the sensor goes
    glare_share: float = 0.0  # of the text's area: brighter than the paper around it
    noise: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadingMeasurements:
    """How well a machine could read the sheet; nothing of what it says.

    Units: parts of 1: `confidence` mean over letters, `read_share` of the ink that lies in words
           read surely, `labels` of the printed labels every such certificate has.
    """

    words: int = 0
    confidence: float = 0.0
    read_share: float = 0.0
    labels: float = 0.0


@dataclass(frozen=True, slots=True)
class DocumentMeasurements:
    """A photograph of a paper or card.

    Units: `fill` is the larger of width and height against the picture's; `squareness` is the shorter
           over the longer of two opposite sides, 1 = seen from straight above; `motion` is the change
           since the frame before, grey levels of 255, None where there is no frame before.
    """

    width_px: int
    height_px: int
    sighting: Sighting
    fill: float = 0.0
    squareness: float = 1.0
    turn_degrees: float = 0.0  # from the nearest quarter turn
    px_per_mm: float | None = None  # known only where the tags of the mat are seen
    text: TextMeasurements = TextMeasurements()
    reading: ReadingMeasurements | None = None
    motion: float | None = None


@dataclass(frozen=True, slots=True)
class PortraitMeasurements:
    """A photograph of a face. Without a face only the first three fields say something.

    Shape: `box` is left, top, width, height of the face; offsets are from the middle of the picture.
    Units: shares, offsets and levels are parts of 1; `yaw` in eye distances, `pitch` from eyes (0) to
           mouth (1), both None where the finder gives no landmarks; `sharpness` in thousandths of the
           face's own variance: second differences in the least sharp direction, at 160 px width;
           `evenness` is that over the same in the sharpest direction.
    """

    width_px: int
    height_px: int
    faces: int
    second_share: float = 0.0  # area of the second face over the first
    box: tuple[float, float, float, float] | None = None
    eye_distance_px: float = 0.0
    face_share: float = 0.0  # of the picture's height
    offset_x: float = 0.0
    roll_degrees: float = 0.0
    yaw: float | None = None
    pitch: float | None = None
    eyes_open: int = 0
    sharpness: float = 0.0
    evenness: float = 1.0
    brightness: float = 0.0
    darker_cheek: float = 0.0
    clipped_share: float = 0.0
    background: float = 0.0  # slope, grey levels per px at 160 px picture height
    motion: float | None = None

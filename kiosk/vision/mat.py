"""A printed dark mat with four tags: makes every sheet easy to see, and tells the pixels per millimetre."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.protocols import Image
from kiosk.domain.measurements import Corners
from kiosk.vision.edges import Floats, reduced

DARK = (45, 48, 52)  # blue, green, red: far from every paper, and less ink than black
LIGHT = (235, 235, 235)
QUIET = 0.15  # white around a tag, in parts of its side
_SEEN_PX = 1280  # long side at which tags are looked for: 20 mm of an A3 view are 60 px


@dataclass(frozen=True, slots=True)
class MatLayout:
    """One size of mat, landscape.

    Units:  millimetres; `inset` from the paper's edge to a tag, wider than a printer's margin.
    Source: DICT_4X4_50 is OpenCV's smallest dictionary; A3 has room for A4, A4 for cards and A5.
    """

    name: str
    width: float
    height: float
    tag: float
    inset: float
    first_id: int  # top left; then clockwise

    def tags(self) -> tuple[Floats, ...]:
        """Corners of the four tags, each top left first, clockwise. Units: mm from the mat's top left."""
        far_x, far_y = self.width - self.inset - self.tag, self.height - self.inset - self.tag
        square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32) * np.float32(self.tag)
        starts = ((self.inset, self.inset), (far_x, self.inset), (far_x, far_y), (self.inset, far_y))
        return tuple(square + np.array(start, np.float32) for start in starts)

    def field(self) -> Floats:
        """Corners of the dark field, where a printer's margin is left out. Units: mm."""
        edge, right, bottom = 5.0, self.width - 5.0, self.height - 5.0
        return np.array([[edge, edge], [right, edge], [right, bottom], [edge, bottom]], np.float32)


A3 = MatLayout("a3", 420.0, 297.0, 24.0, 12.0, 0)
A4 = MatLayout("a4", 297.0, 210.0, 20.0, 10.0, 4)
LAYOUTS = (A3, A4)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MatView:
    """A mat as the camera sees it. Shape: `onto_mm` takes px of the picture to mm of the mat."""

    layout: MatLayout
    onto_mm: Floats
    px_per_mm: float  # in the middle of the mat
    seen: frozenset[int]  # numbers of the tags


def find_mat(image: Image) -> MatView | None:
    """Find the mat by two or more of its tags; None if they are covered or there is no mat."""
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    scale = min(1.0, _SEEN_PX / max(grey.shape))
    corners, ids, _ = _detector().detectMarkers(reduced(grey, scale))
    if ids is None:
        return None
    found = zip(ids.ravel(), corners, strict=True)
    seen = {int(number): np.asarray(corner, np.float32)[0] / scale for number, corner in found}
    for layout in LAYOUTS:
        numbers = [n for n in range(layout.first_id, layout.first_id + 4) if n in seen]
        if len(numbers) >= 2:
            printed = np.concatenate([layout.tags()[n - layout.first_id] for n in numbers])
            return _view(layout, np.concatenate([seen[n] for n in numbers]), printed, frozenset(numbers))
    return None


def only_mat(image: Image, view: MatView) -> Image:
    """Paint over the tags that were seen and all that lies beyond the mat, so that only the sheet is left."""
    onto_px = np.linalg.inv(view.onto_mm)
    inside = np.zeros(image.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, _spots(view.layout.field(), onto_px), 255)
    painted = np.where(inside[..., None] > 0, image, np.array(DARK, np.uint8))
    margin = np.float32(QUIET * view.layout.tag * 1.5)
    for number, tag in enumerate(view.layout.tags(), view.layout.first_id):
        if number in view.seen:
            pad = tag + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32) * margin
            cv2.fillConvexPoly(painted, _spots(pad, onto_px), DARK)
    return painted.astype(np.uint8)


def lies_inside(corners: Corners, view: MatView) -> bool:
    """True if a sheet lies on the mat and is not the mat itself, nor cut off by its edge."""
    there = cv2.perspectiveTransform(np.array(corners, np.float32)[:, None], view.onto_mm)[:, 0]
    field = view.layout.field()
    return bool((there > field[0] + 2).all() and (there < field[2] - 2).all())


def is_mat_itself(outline: Corners, view: MatView) -> bool:
    """True if two tags lie within an outline: a paper there would cover them."""
    around = np.array(outline, np.float32)
    tags = [view.layout.tags()[number - view.layout.first_id] for number in view.seen]
    middles = _spots(np.array([tag.mean(0) for tag in tags], np.float32), np.linalg.inv(view.onto_mm))
    inside = [cv2.pointPolygonTest(around, (float(x), float(y)), measureDist=False) > 0 for x, y in middles]
    return sum(inside) >= 2


def draw_tag(number: int, side_px: int) -> Image:
    """Draw one tag, black on white, without its quiet zone."""
    return cv2.aruco.generateImageMarker(_dictionary(), number, side_px).astype(np.uint8)


def _view(layout: MatLayout, seen: Floats, printed: Floats, numbers: frozenset[int]) -> MatView | None:
    onto_mm = cv2.findHomography(seen, printed, cv2.RANSAC, 3.0)[0]
    if onto_mm is None:
        return None
    middle = layout.width / 2, layout.height / 2
    ruler = np.array([[middle], [(middle[0] + 10, middle[1])]], np.float32)
    here, there = cv2.perspectiveTransform(ruler, np.linalg.inv(onto_mm))[:, 0]
    return MatView(layout, np.asarray(onto_mm, np.float32), float(np.linalg.norm(there - here)) / 10, numbers)


def _spots(places_mm: Floats, onto_px: Floats) -> NDArray[np.int32]:
    return np.rint(cv2.perspectiveTransform(places_mm[:, None], onto_px)[:, 0]).astype(np.int32)


@cache
def _dictionary() -> cv2.aruco.Dictionary:
    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)


@cache
def _detector() -> cv2.aruco.ArucoDetector:
    return cv2.aruco.ArucoDetector(_dictionary(), cv2.aruco.DetectorParameters())

"""Faces in a picture: YuNet when its file is there and the right one, Haar cascades otherwise."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Protocol

import cv2
import cv2.data
import numpy as np

from hardware.protocols import Image
from kiosk.domain.measurements import Point
from kiosk.vision.edges import reduced

_LEANING_PX = 480
_LEANS = (-12, 12, -25, 25, -38, 38)  # degrees; the cascades themselves bear about ten
_DIM = 60  # of 255, mean of the picture
_EYES_AT = ((0.31, 0.40), (0.69, 0.40))  # of a cascade's box, where no eyes were found

YUNET_SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
"""face_detection_yunet_2023mar.onnx of opencv_zoo (MIT): the file the thresholds were tried with."""


class WrongModel(Exception):
    """The configured face model is missing or is not the file that was tried; the message names the path."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face.

    Shape: `eyes` left then right as seen in the picture; None where the finder gives no landmarks.
    Units: px of the picture; `score` 0 to 1.
    """

    left: float
    top: float
    width: float
    height: float
    score: float
    eyes: tuple[Point, Point] | None = None
    nose: Point | None = None
    mouth: Point | None = None

    @property
    def area(self) -> float:
        """Of the box, px squared."""
        return self.width * self.height


class FaceFinder(Protocol):
    """Something that finds faces, largest first. May be used from several threads."""

    name: str

    def find(self, image: Image, *, live: bool) -> tuple[Face, ...]:
        """Find faces; `live` is quick and may miss what the next frames will show."""


def open_finder(model: Path | None = None) -> FaceFinder:
    """Open YuNet at `model`, or the Haar cascades if there is none.

    Errors: WrongModel, when a model is named that cannot be used; the caller decides whether to go on.
    """
    if model is None:
        return HaarFinder()
    try:
        found = hashlib.sha256(model.read_bytes()).hexdigest()
    except OSError as why:
        raise WrongModel(f"{model}: {why.strerror}") from why
    if found != YUNET_SHA256:
        raise WrongModel(f"{model}: sha256 is {found[:12]}…, expected {YUNET_SHA256[:12]}…")
    return YunetFinder(model)


class YunetFinder:
    """A small network with five landmarks: found every face of the trial, turned and dark ones too."""

    name = "yunet"

    def __init__(self, model: Path) -> None:
        self._net = cv2.FaceDetectorYN.create(str(model), "", (320, 240), 0.7, 0.3, 50)
        self._turn = Lock()

    def find(self, image: Image, *, live: bool) -> tuple[Face, ...]:
        """Find faces of a sixteenth of the width and more when live, half that in a still."""
        scale = min(1.0, (320 if live else 640) / max(image.shape[:2]))
        small = reduced(image, scale)
        with self._turn:  # the network remembers its input size
            self._net.setInputSize((small.shape[1], small.shape[0]))
            found = self._net.detect(small)[1]
        rows = [] if found is None else [_from_yunet(row / scale, float(row[14])) for row in found]
        return tuple(sorted(rows, key=lambda face: -face.area))


class HaarFinder:
    """The cascades that come with OpenCV: frontal and upright faces only, eyes when they are open."""

    name = "haar"

    def __init__(self) -> None:
        self._turns = itertools.cycle((320, 400))
        self._turn = Lock()

    def find(self, image: Image, *, live: bool) -> tuple[Face, ...]:
        """Find faces of a sixteenth of the width and more. Live frames take turns at two sizes.

        In a still without an upright face, leaning ones are looked for too.
        """
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8)
        with self._turn:
            boxes = self._boxes(grey, next(self._turns), 1) if live else self._all_boxes(grey)
            faces = [self._face(grey, box) for box in boxes]
            if not faces and not live:
                faces = self._leaning(grey)
        return tuple(sorted(faces, key=lambda face: -face.area))

    @cached_property
    def _faces(self) -> list[cv2.CascadeClassifier]:
        return [_cascade(f"frontalface_{name}") for name in ("alt2", "alt")]

    @cached_property
    def _eyes(self) -> list[cv2.CascadeClassifier]:
        return [_cascade(name) for name in ("eye_tree_eyeglasses", "eye")]

    def _leaning(self, grey: Image) -> list[Face]:
        """Turn the picture until a face stands upright in it; the first that does is brought back."""
        scale = min(1.0, _LEANING_PX / max(grey.shape))
        small = reduced(grey, scale)
        middle = (small.shape[1] / 2, small.shape[0] / 2)
        for degrees in _LEANS:
            turn = cv2.getRotationMatrix2D(middle, degrees, 1.0)
            size = (small.shape[1], small.shape[0])
            turned: Image = cv2.warpAffine(small, turn, size, borderMode=cv2.BORDER_REPLICATE).astype(
                np.uint8
            )
            if boxes := self._boxes(turned, min(_LEANING_PX, turned.shape[1]), 1):
                back = cv2.invertAffineTransform(turn) / scale
                return [_turned_back(self._face(turned, max(boxes, key=lambda box: box[2])), back)]
        return []

    def _all_boxes(self, grey: Image) -> list[tuple[float, ...]]:
        """Look at several sizes with both cascades; each catches what another misses."""
        boxes = [box for width in (320, 480, 640) for box in self._boxes(grey, width, 2)]
        kept: list[tuple[float, ...]] = []
        for box in sorted(boxes, key=lambda b: -b[2]):
            if all(_overlap(box, other) < 0.3 for other in kept):
                kept.append(box)
        return kept

    def _boxes(self, grey: Image, width: int, cascades: int) -> list[tuple[float, ...]]:
        scale = min(1.0, width / grey.shape[1])
        small = _lightened(reduced(grey, scale))
        least = (width // 16, width // 16)
        found = [
            box
            for cascade in self._faces[:cascades]
            for box in cascade.detectMultiScale(small, 1.15, 4, minSize=least)
        ]
        return [tuple(float(v) / scale for v in box) for box in found]

    def _face(self, grey: Image, box: tuple[float, ...]) -> Face:
        left, top, width, height = box
        rows = slice(round(top + 0.18 * height), round(top + 0.6 * height))
        upper = grey[rows, max(0, round(left)) : round(left + width)]
        scale = min(1.0, 160 / max(1, upper.shape[1]))
        small = reduced(upper, scale)
        eyes: list[Point] = []
        for cascade in self._eyes:
            found = cascade.detectMultiScale(small, 1.1, 3, minSize=(18, 18))
            spots = [(left + (x + w / 2) / scale, rows.start + (y + h / 2) / scale) for x, y, w, h in found]
            eyes = _pair(spots, left + width / 2, width)
            if eyes:
                return Face(left, top, width, height, 1.0, (eyes[0], eyes[1]))
        return Face(left, top, width, height, 1.0)


def guessed_eyes(face: Face) -> tuple[Point, Point]:
    """Where the eyes of a face usually are."""
    one, other = ((face.left + x * face.width, face.top + y * face.height) for x, y in _EYES_AT)
    return one, other


def _turned_back(face: Face, back: np.ndarray) -> Face:
    """Bring a face from a turned and reduced picture to where it is in the picture itself."""
    centre = (face.left + face.width / 2, face.top + face.height / 2)
    (x, y), one, other = (
        (float(u), float(v))
        for u, v in cv2.transform(np.array([[centre, *(face.eyes or guessed_eyes(face))]]), back)[0]
    )
    width, height = (side * float(np.hypot(*back[0, :2])) for side in (face.width, face.height))
    return Face(x - width / 2, y - height / 2, width, height, face.score, (one, other))


def _from_yunet(row: np.ndarray, score: float) -> Face:
    left, top, width, height, *marks = (float(v) for v in row[:14])
    points = [(marks[i], marks[i + 1]) for i in range(0, 10, 2)]
    first, second = sorted(points[:2])
    mouth = ((points[3][0] + points[4][0]) / 2, (points[3][1] + points[4][1]) / 2)
    return Face(left, top, width, height, score, (first, second), points[2], mouth)


def _cascade(name: str) -> cv2.CascadeClassifier:
    cascade = cv2.CascadeClassifier(f"{cv2.data.haarcascades}haarcascade_{name}.xml")
    assert not cascade.empty(), "comes with the wheel (opencv-python-headless 4.x)"
    return cascade


def _pair(spots: list[Point], middle: float, width: float) -> list[Point]:
    """Choose one eye on each side of the middle, at about the same height; nothing if there are not two."""
    for a, b in itertools.combinations(sorted(spots), 2):
        apart = b[0] - a[0]
        if a[0] < middle < b[0] and 0.25 < apart / width < 0.7 and abs(b[1] - a[1]) < 0.35 * apart:
            return [a, b]
    return []


def _lightened(grey: Image) -> Image:
    """Spread the levels of a dark picture; one that is not loses faces by it.

    Source: of 40 good drawn faces the cascades missed 3 spread out (5 of smaller ones), none as they were.
    """
    return cv2.equalizeHist(grey).astype(np.uint8) if grey.mean() < _DIM else grey


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Common area over the smaller box's."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0.0, wide) * max(0.0, high) / min(a[2] * a[3], b[2] * b[3])

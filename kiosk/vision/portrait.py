"""A face measured: size, place, pose, eyes, sharpness, light, background."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.protocols import Image
from kiosk.domain.measurements import Point, PortraitMeasurements
from kiosk.vision.edges import reduced
from kiosk.vision.faces import Face, FaceFinder, guessed_eyes

_WAYS = tuple(
    np.array(kernel, np.float32) / (1 if straight else 2)
    for straight, kernel in (
        (True, [[0, 0, 0], [1, -2, 1], [0, 0, 0]]),
        (True, [[0, 1, 0], [0, -2, 0], [0, 1, 0]]),
        (False, [[1, 0, 0], [0, -2, 0], [0, 0, 1]]),
        (False, [[0, 0, 1], [0, -2, 0], [1, 0, 0]]),
    )
)
"""Second differences across, down and along both diagonals."""
_FACE_PX = 160  # width at which sharpness is measured, so that it does not depend on the sensor


def measure_portrait(image: Image, finder: FaceFinder, *, live: bool) -> PortraitMeasurements:
    """Find the face of a colour picture and measure it."""
    height, width = image.shape[:2]
    faces = finder.find(image, live=live)
    if not faces:
        return PortraitMeasurements(width_px=width, height_px=height, faces=0)
    face = faces[0]
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    eyes = _centred(grey, face.eyes or guessed_eyes(face))
    cheeks = _cheeks(grey, eyes)
    eyes_open = sum(_is_open(grey, eye, _distance(*eyes), max(cheeks)) for eye in eyes)
    if eyes_open < 2 and face.eyes:  # lids and glasses have no iris to centre on
        eyes = face.eyes
    face = replace(face, eyes=eyes)
    crop = _inside(grey, face.left, face.top, face.width, face.height)
    sharpness, evenness = _sharpness(crop)
    return PortraitMeasurements(
        width_px=width,
        height_px=height,
        faces=len(faces),
        second_share=faces[1].area / face.area if len(faces) > 1 else 0.0,
        box=(face.left, face.top, face.width, face.height),
        eye_distance_px=_distance(*eyes),
        face_share=face.height / height,
        offset_x=(face.left + face.width / 2) / width - 0.5,
        roll_degrees=float(np.degrees(np.arctan2(eyes[1][1] - eyes[0][1], eyes[1][0] - eyes[0][0]))),
        yaw=_yaw(face),
        pitch=_pitch(face),
        eyes_open=eyes_open,
        sharpness=sharpness,
        evenness=evenness,
        brightness=float(np.mean(crop)) / 255,
        darker_cheek=min(cheeks) / 255,
        clipped_share=float(np.mean(crop >= 250)),
        background=_background(image, face),
    )


def _centred(grey: Image, eyes: tuple[Point, Point]) -> tuple[Point, Point]:
    """Move each eye to the middle of its iris, the darkest round thing there.

    Source: YuNet's landmarks hardly turn with the head (25 degrees read as 3 to 8, drawn and photographed);
            centred, 21 to 28.
    """
    apart, found = _distance(*eyes), eyes
    for _ in range(2):
        one, other = (_iris(grey, eye, apart) for eye in found)
        found = (one, other)
    drift = np.mean(found, axis=0) - np.mean(eyes, axis=0)
    return (
        found if np.hypot(*drift) < 0.12 * apart else eyes
    )  # both moved alike: to the brows, over shut eyes


def _iris(grey: Image, eye: Point, apart: float) -> Point:
    reach = max(3.0, 0.26 * apart)
    left, top = max(0, round(eye[0] - reach)), max(0, round(eye[1] - reach))
    patch = _inside(grey, left, top, 2 * reach, 2 * reach).astype(np.float32)
    soft = cv2.GaussianBlur(patch, (0, 0), max(0.8, 0.05 * apart))
    y, x = np.indices(soft.shape)
    nearness = np.exp(-((x + left - eye[0]) ** 2 + (y + top - eye[1]) ** 2) / (2 * (0.16 * apart) ** 2))
    weight = np.square(np.maximum(np.median(soft) - soft, 0)) * nearness
    total = float(weight.sum())
    if not total:
        return eye
    return left + float((x * weight).sum()) / total, top + float((y * weight).sum()) / total


def _distance(a: Point, b: Point) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def _inside(image: Image, left: float, top: float, width: float, height: float) -> Image:
    """Cut a box, without what is outside the picture; never empty."""
    rows, columns = image.shape[:2]
    y, x = min(max(0, round(top)), rows - 1), min(max(0, round(left)), columns - 1)
    return image[y : max(y + 1, round(top + height)), x : max(x + 1, round(left + width))]


def _cheeks(grey: Image, eyes: tuple[Point, Point]) -> tuple[float, float]:
    """Take the level of the skin below each eye."""
    apart = _distance(*eyes)
    one, other = (
        float(np.median(_inside(grey, x - 0.15 * apart, y + 0.43 * apart, 0.3 * apart, 0.24 * apart)))
        for x, y in eyes
    )
    return one, other


def _is_open(grey: Image, eye: Point, apart: float, skin: float) -> bool:
    """True if there is something dark in the middle of something not dark: an eye, no lid, no sunglasses.

    Source: open 0.16 to 0.34 darkest and 0.57 to 0.95 middling, shut 0.63 and more darkest, sunglasses
            0.13 middling, in parts of the cheek's level; drawn faces and one photograph (tests/bench).
    """
    patch = _inside(grey, eye[0] - 0.3 * apart, eye[1] - 0.17 * apart, 0.6 * apart, 0.34 * apart)
    soft = cv2.GaussianBlur(patch, (0, 0), max(0.5, apart * 0.012))
    darkest, middling = np.percentile(soft, [4, 50]) / max(skin, 1.0)
    return bool(darkest < 0.5 and middling > 0.35)


def _sharpness(crop: Image) -> tuple[float, float]:
    """Second differences of the face at a standard size, in the direction in which there is least of them.

    Shape:  sharpness, and its ratio to the same in the direction in which there is most.
    Units:  thousandths of the face's own variance, less what noise adds.
    Source: sharp 2.7 to 3.9; out of focus by 0.8 % of the face's width 0.9 to 1.4; shaken by 3 % of it
            0.7 to 1.4; drawn faces and one photograph (tests/bench/portraits.py).
    """
    scale = _FACE_PX / max(1, crop.shape[1])
    small = reduced(crop, scale) if scale < 1 else cv2.resize(crop, None, fx=scale, fy=scale)
    face = np.asarray(cv2.GaussianBlur(small.astype(np.float32), (0, 0), 0.8), np.float32)
    bent = [_bent(np.asarray(cv2.filter2D(face, -1, kernel), np.float32)) for kernel in _WAYS]
    return 1000 * min(bent) / (float(face.var()) + 1), min(bent) / max(*bent, 1e-6)


def _bent(differences: NDArray[np.floating]) -> float:
    noise = 1.4826 * float(np.median(np.abs(differences)))  # most of a face is smooth skin
    return max(0.0, float(np.var(differences)) - noise**2)


def _yaw(face: Face) -> float | None:
    """How far the nose is from the middle between the eyes, in eye distances; positive is picture right."""
    if face.eyes is None or face.nose is None:
        return None
    along = np.subtract(face.eyes[1], face.eyes[0])
    middle = np.add(*np.array(face.eyes)) / 2
    return float(np.dot(np.subtract(face.nose, middle), along) / max(1.0, float(np.dot(along, along))))


def _pitch(face: Face) -> float | None:
    """Where the nose is between eyes (0) and mouth (1)."""
    if face.eyes is None or face.nose is None or face.mouth is None:
        return None
    middle = np.add(*np.array(face.eyes)) / 2
    down = np.subtract(face.mouth, middle)
    return float(np.dot(np.subtract(face.nose, middle), down) / max(1.0, float(np.dot(down, down))))


def _background(image: Image, face: Face) -> float:
    """Mean slope beside and above the head, grey levels per px at 160 px height; a plain wall is below 1."""
    scale = min(1.0, 160 / image.shape[0])
    small = cv2.cvtColor(reduced(image, scale), cv2.COLOR_BGR2GRAY).astype(np.float32)
    slope = cv2.magnitude(*(cv2.Sobel(small, cv2.CV_32F, x, 1 - x, scale=1 / 8) for x in (1, 0)))
    outside = np.ones(small.shape, bool)
    x, y, w, h = (v * scale for v in (face.left, face.top, face.width, face.height))
    outside[max(0, int(y - 0.5 * h)) :, max(0, int(x - 0.5 * w)) : int(x + 1.5 * w)] = False
    outside[int(y + 1.1 * h) :] = False
    return float(slope[outside].mean()) if outside.any() else 0.0

"""A picture from a file or an upload: opened with care, turned as its camera was held, never too large."""

from __future__ import annotations

import io
from enum import StrEnum

import cv2
import numpy as np
from PIL import ExifTags, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from PIL.Image import Image as Picture

from hardware.protocols import Image

MOST_PIXELS = 40_000_000
"""Five times the largest sensor foreseen (8 MP); decoded in 120 MB. Judged by the header alone."""
LEAST_SIDE_PX = 64
"""Smaller pictures hold no letter and no face."""

_SIGNS = (
    (b"\xff\xd8\xff", JpegImagePlugin.JpegImageFile),
    (b"\x89PNG\r\n\x1a\n", PngImagePlugin.PngImageFile),
    (b"RIFF", WebPImagePlugin.WebPImageFile),
)
_TURNS = {
    2: (None, 1),
    3: (cv2.ROTATE_180, None),
    4: (None, 0),
    5: (cv2.ROTATE_90_CLOCKWISE, 1),
    6: (cv2.ROTATE_90_CLOCKWISE, None),
    7: (cv2.ROTATE_90_COUNTERCLOCKWISE, 1),
    8: (cv2.ROTATE_90_COUNTERCLOCKWISE, None),
}
"""EXIF orientation -> turn, then mirror (1 left-right, 0 top-bottom). Source: EXIF 2.32, table 6."""


class PictureFault(StrEnum):
    """Why a picture cannot be used."""

    EMPTY = "empty"
    NOT_AN_IMAGE = "not-an-image"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    TOO_SMALL = "too-small"


class UnusablePicture(Exception):
    """The bytes cannot be used as a photograph; the message says why and what would do instead."""

    def __init__(self, fault: PictureFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault
        self.message = message


def open_picture(raw: bytes) -> Image:
    """Decode a JPEG, PNG or WebP to blue-green-red, upright by its EXIF.

    Errors: UnusablePicture; a picture that is too large is refused before a pixel of it is decoded.
    """
    picture = _header(raw)
    width, height = picture.size
    if width * height > MOST_PIXELS:
        megapixel = MOST_PIXELS // 1_000_000
        raise UnusablePicture(
            PictureFault.TOO_LARGE,
            f"The picture has {width} x {height} pixels; give one of at most {megapixel} megapixels.",
        )
    if min(width, height) < LEAST_SIDE_PX:
        raise UnusablePicture(
            PictureFault.TOO_SMALL,
            f"The picture has {width} x {height} pixels; give one of at least {LEAST_SIDE_PX} on each side.",
        )
    return _turned(_decoded(picture), _orientation(picture))


def _header(raw: bytes) -> Picture:
    """Read size and form only. The formats are called by name: Image.open would guess among forty."""
    if not raw:
        raise UnusablePicture(PictureFault.EMPTY, "The file is empty; save or copy the picture again.")
    for sign, kind in _SIGNS:
        if raw.startswith(sign) and (sign != b"RIFF" or raw[8:12] == b"WEBP"):
            try:
                return kind(io.BytesIO(raw))
            except (OSError, SyntaxError, ValueError, EOFError) as why:
                raise UnusablePicture(PictureFault.TRUNCATED, "The picture's header is damaged.") from why
    raise UnusablePicture(PictureFault.NOT_AN_IMAGE, "The file is not a JPEG, PNG or WebP picture.")


def _decoded(picture: Picture) -> Image:
    """Decode all of it, whatever its colours: CMYK, palette, grey, with or without transparency."""
    try:
        if picture.mode in ("P", "LA", "PA"):
            picture = picture.convert("RGBA")
        if picture.mode == "RGBA":  # what is transparent is white, like paper
            flat = np.asarray(picture, np.uint16)
            cover = flat[..., 3:]
            pixels = ((flat[..., :3] * cover + 255 * (255 - cover)) // 255).astype(np.uint8)
        elif picture.mode.startswith("I;16") or picture.mode == "I":
            grey = (np.asarray(picture, np.uint32) >> 8).astype(np.uint8)
            pixels = np.dstack([grey, grey, grey])
        else:
            pixels = np.asarray(picture.convert("RGB"))
    except (OSError, SyntaxError, ValueError, EOFError) as why:
        raise UnusablePicture(
            PictureFault.TRUNCATED, "The picture is cut off or damaged; save or copy it again."
        ) from why
    return np.ascontiguousarray(pixels[:, :, ::-1])


def _orientation(picture: Picture) -> int:
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, SyntaxError, ValueError, TypeError):
        return 1  # unreadable EXIF is no reason to refuse a picture


def _turned(image: Image, orientation: int) -> Image:
    turn, mirror = _TURNS.get(orientation, (None, None))
    if turn is not None:
        image = cv2.rotate(image, turn).astype(np.uint8)
    return image if mirror is None else cv2.flip(image, mirror).astype(np.uint8)

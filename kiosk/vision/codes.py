"""Every QR code in a picture: zxing-cpp first, zbar for what it misses, enhancement for what both miss."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.vision.zbar import Corners
from kiosk.vision.zbar_process import ZbarProcess

Image = NDArray[np.uint8]

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


@dataclass(frozen=True, slots=True)
class FoundCode:
    """One code in a picture. The payload stays bytes and out of the repr: it names a person.

    Shape: corners are the code's own top left, top right, bottom right, bottom left.
    Units: corners in pixels of the picture given; milliseconds since the call.
    """

    payload: bytes = field(repr=False)
    corners: Corners
    decoder: str
    milliseconds: float
    agreed: bool  # two decoders gave the same bytes


class CodeReader:
    """Reads pictures within a budget of time. May be used from several threads; `close` ends its worker."""

    def __init__(self, frame_budget_ms: float = 120, still_budget_ms: float = 1500) -> None:
        self._frame_seconds = frame_budget_ms / 1000
        self._still_seconds = still_budget_ms / 1000
        self._zbar = ZbarProcess()

    def read_frame(self, image: Image) -> tuple[FoundCode, ...]:
        """Read a live frame within the frame budget."""
        return self._read(image, self._frame_seconds)

    def read_still(self, image: Image) -> tuple[FoundCode, ...]:
        """Read a photograph taken on purpose, trying harder."""
        return self._read(image, self._still_seconds)

    def close(self) -> None:
        """End the worker process."""
        self._zbar.close()

    def _read(self, image: Image, seconds: float) -> tuple[FoundCode, ...]:
        start = time.monotonic()
        until = start + seconds
        grey = _grey(image)
        found = _zxing(grey, 1, start) or _zxing(_larger(grey), 2, start)
        if found or time.monotonic() > until:
            return found
        answer = self._zbar.read_codes(grey, until - time.monotonic())
        return tuple(
            FoundCode(payload, corners, "zbar", _milliseconds(start), agreed=False)
            for payload, corners in answer or ()
        )


def _grey(image: Image) -> Image:
    if image.ndim == 2:
        return np.ascontiguousarray(image)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def _zxing(grey: Image, scale: int, start: float) -> tuple[FoundCode, ...]:
    codes = zxingcpp.read_barcodes(grey, formats=_QR)
    spent = _milliseconds(start)
    return tuple(
        FoundCode(code.bytes, _corners(code.position, scale), "zxing", spent, agreed=False) for code in codes
    )


def _corners(position: zxingcpp.Position, scale: int) -> Corners:
    top_left, top_right, bottom_right, bottom_left = (
        (point.x / scale, point.y / scale)
        for point in (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    )
    return top_left, top_right, bottom_right, bottom_left


def _larger(grey: Image) -> Image:
    return np.asarray(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)


def _milliseconds(start: float) -> float:
    return (time.monotonic() - start) * 1000

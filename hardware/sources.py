"""Where frames come from: opens what kiosk.toml names and says why it cannot."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import cv2

from hardware.live import open_device, open_stream
from hardware.playback import Film, Folder
from hardware.protocols import DeviceError, Image, Subject, Trouble
from hardware.settings import CameraSettings

# OpenCV warns on stderr at every lap of a folder and at every reopening [traps.md]; errors still show.
if "OPENCV_LOG_LEVEL" not in os.environ:
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)


class Source(Protocol):
    """An open source of frames. Belongs to one thread."""

    must_change: bool
    """True where equal frames for two and a half seconds mean that the device hangs."""
    pace_seconds: float
    """How long one frame is shown; 0 where the device keeps the time itself."""
    granted: str
    """What the device agreed to, in words for the officer."""

    def aim(self, subject: Subject) -> None:
        """Look at something else from the next frame on."""

    def read(self) -> Image | None:
        """Wait for the next frame; None when the device gave none."""

    def rest(self) -> bool:
        """Stay awake without decoding; False when the device gave nothing."""

    def close(self) -> None:
        """Give the device back."""


def open_source(device: str, address: str, settings: CameraSettings) -> Source:
    """Open one source as kiosk.toml writes it.

    Errors: DeviceError: absent, busy, or not something that gives frames.
    """
    kind, _, rest = address.partition(":")
    if kind == "folder":
        return Folder(device, Path(rest), settings.fps)
    if kind == "file":
        return Film(device, Path(rest))
    if kind in ("http", "https"):
        return open_stream(device, address)
    if address.startswith("/dev/"):
        return open_device(device, Path(address), settings)
    raise DeviceError(device, Trouble.WRONG_FORMAT)

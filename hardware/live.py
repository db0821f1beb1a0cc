"""Live sources: a camera on the bus (V4L2) and a camera on the wire (MJPEG over HTTP)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import cv2

from hardware.protocols import OPEN_TROUBLES, DeviceError, Image, Subject, Trouble
from hardware.settings import CameraSettings
from hardware.v4l2 import VIDEO_CAPTURE, capabilities, is_taken

# Read by OpenCV's C side at the first capture. Two seconds: a UVC camera may take more than one for its
# first frame, and a reader stuck for OpenCV's own ten could not be closed.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # FFmpeg's own complaints about a cut stream

OPEN_TIMEOUT_MS = 2000
READ_TIMEOUT_MS = 1000  # FFmpeg never recovers after a timeout [probes/cam.py]: fail early, open again


class Live:
    """A camera that keeps its own time."""

    must_change = True
    pace_seconds = 0.0

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture
        width, height = (int(capture.get(p)) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        code = int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little", signed=True)
        name = code.decode("ascii", "replace").strip("\0") or "?"
        self.granted = f"{width}x{height} {name} {capture.get(cv2.CAP_PROP_FPS):.0f} fps"

    def aim(self, subject: Subject) -> None:
        """Nothing to turn: the visitor moves, not the camera."""

    def read(self) -> Image | None:
        """Wait for the next frame; None when the device gave none in time."""
        good, image = self._capture.read()
        return cast(Image, image) if good else None

    def rest(self) -> bool:
        """Take the next frame off the queue without decoding it."""
        return self._capture.grab()

    def close(self) -> None:
        """Give the device back."""
        self._capture.release()


def open_device(device: str, path: Path, settings: CameraSettings) -> Live:
    """Open a V4L2 camera by its path (by-id paths survive another socket) and ask for MJPG.

    What the camera grants may be less than asked; `granted` says what it was.
    Errors: DeviceError, absent, wrong-format (no camera behind the path) or busy.
    """
    _must_capture_video(device, path)
    capture = cv2.VideoCapture(str(path), cv2.CAP_V4L2)
    if not capture.isOpened():
        capture.release()
        raise DeviceError(device, _why_shut(device, path))
    # MJPG first: raw 1080p passes USB 2 at 5 fps only, and the sizes offered depend on the format.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height)
    capture.set(cv2.CAP_PROP_FPS, settings.fps)
    return Live(capture)


def open_stream(device: str, url: str) -> Live:
    """Open an MJPEG stream.

    Errors: DeviceError, unreachable: nobody answers, or what answers is no film.
    """
    wishes = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
        OPEN_TIMEOUT_MS,
        cv2.CAP_PROP_READ_TIMEOUT_MSEC,
        READ_TIMEOUT_MS,
    ]
    wishes += [cv2.CAP_PROP_N_THREADS, 1]  # each decoding thread would hold one frame back
    capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, wishes)
    if not capture.isOpened():
        capture.release()
        raise DeviceError(device, Trouble.UNREACHABLE)
    return Live(capture)


def _must_capture_video(device: str, path: Path) -> None:
    """Tell a camera from its twin node for metadata, and from anything else under /dev."""
    with _node(device, path) as node:
        try:
            _, flags = capabilities(node)
        except OSError as why:
            raise DeviceError(device, Trouble.WRONG_FORMAT) from why
    if not flags & VIDEO_CAPTURE:
        raise DeviceError(device, Trouble.WRONG_FORMAT)


def _why_shut(device: str, path: Path) -> Trouble:
    """Why a camera that is there could not be opened: in use elsewhere, or no format that OpenCV can read."""
    with _node(device, path) as node:
        return Trouble.BUSY if is_taken(node) else Trouble.WRONG_FORMAT


@contextmanager
def _node(device: str, path: Path) -> Iterator[int]:
    """The open device node.

    Errors: DeviceError.
    """
    try:
        node = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError as why:
        raise DeviceError(device, OPEN_TROUBLES.get(why.errno or 0, Trouble.ABSENT)) from why
    try:
        yield node
    finally:
        os.close(node)

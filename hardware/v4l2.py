"""Asks the kernel which cameras there are and what they offer (Video4Linux 2); takes no picture."""

from __future__ import annotations

import errno
import fcntl
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

QUERY_CAPABILITIES = 0x80685600
ENUM_FORMATS = 0xC0405602
ENUM_FRAME_SIZES = 0xC02C564A
GET_FORMAT, SET_FORMAT = 0xC0D05604, 0xC0D05605
"""VIDIOC_QUERYCAP, _ENUM_FMT, _ENUM_FRAMESIZES, _G_FMT, _S_FMT. Source: linux/videodev2.h, 64 bit."""

CAPABILITIES_BYTES, DEVICE_CAPABILITIES_AT, NAME_AT, NAME_BYTES = 104, 88, 16, 32
FORMAT_BYTES, PIXEL_FORMAT_AT = 64, 44
STREAM_FORMAT_BYTES = 208
SIZE_BYTES, SIZE_TYPE_AT, SIZE_AT = 44, 8, 12
VIDEO_CAPTURE = 0x00000001 | 0x00001000  # single- and multi-planar
BUFFER_VIDEO_CAPTURE = 1
DISCRETE = 1


@dataclass(frozen=True, slots=True)
class CameraOnBus:
    """One camera. Shape: `address` as kiosk.toml wants it; `offers` like "MJPG 1920x1080", largest first."""

    address: str
    name: str
    offers: tuple[str, ...]


def list_cameras(folder: Path = Path("/dev/v4l/by-id")) -> tuple[CameraOnBus, ...]:
    """Every camera plugged in, by the path that survives another socket; none is no error."""
    nodes = sorted(folder.iterdir()) if folder.is_dir() else sorted(Path("/dev").glob("video*"))
    return tuple(found for node in nodes if (found := _look_at(node)) is not None)


def capabilities(handle: int) -> tuple[str, int]:
    """The name of an open device and what it can do.

    Errors: OSError, where it is no video device.
    """
    answer = fcntl.ioctl(handle, QUERY_CAPABILITIES, bytes(CAPABILITIES_BYTES))
    (flags,) = struct.unpack_from("=I", answer, DEVICE_CAPABILITIES_AT)
    name = answer[NAME_AT : NAME_AT + NAME_BYTES].split(b"\0")[0].decode("utf-8", "replace")
    return name, flags


def is_taken(handle: int) -> bool:
    """Say whether another program has this open camera: whoever has set a format keeps it until he closes.

    Source: linux/drivers/media/usb/uvc/uvc_v4l2.c, uvc_acquire_privileges; others answer like it.
    """
    asked = struct.pack("=I", BUFFER_VIDEO_CAPTURE).ljust(STREAM_FORMAT_BYTES, b"\0")
    try:
        fcntl.ioctl(handle, SET_FORMAT, fcntl.ioctl(handle, GET_FORMAT, asked))
    except OSError as why:
        return why.errno == errno.EBUSY
    return False


def _look_at(node: Path) -> CameraOnBus | None:
    try:
        handle = os.open(node, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        name, flags = capabilities(handle)
        if not flags & VIDEO_CAPTURE:
            return None  # a camera's twin node for metadata
        return CameraOnBus(str(node), name, tuple(_offers(handle)))
    except OSError:
        return None
    finally:
        os.close(handle)


def _offers(handle: int) -> Iterator[str]:
    for code in _formats(handle):
        sizes = sorted(_sizes(handle, code), reverse=True)
        yield from (f"{code.decode('ascii', 'replace')} {width}x{height}" for width, height in sizes)


def _formats(handle: int) -> Iterator[bytes]:
    for index in range(32):
        asked = struct.pack("=II", index, BUFFER_VIDEO_CAPTURE).ljust(FORMAT_BYTES, b"\0")
        try:
            answer = fcntl.ioctl(handle, ENUM_FORMATS, asked)
        except OSError:
            return  # there are no more
        yield answer[PIXEL_FORMAT_AT : PIXEL_FORMAT_AT + 4]


def _sizes(handle: int, code: bytes) -> Iterator[tuple[int, int]]:
    for index in range(64):
        asked = (struct.pack("=I", index) + code).ljust(SIZE_BYTES, b"\0")
        try:
            answer = fcntl.ioctl(handle, ENUM_FRAME_SIZES, asked)
        except OSError:
            return
        (kind,) = struct.unpack_from("=I", answer, SIZE_TYPE_AT)
        if kind != DISCRETE:
            return  # any size within a range: a virtual device
        width, height = struct.unpack_from("=II", answer, SIZE_AT)
        yield width, height

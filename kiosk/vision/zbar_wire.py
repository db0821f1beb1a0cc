"""What the station and its zbar worker say to each other: a picture's size, and the codes found in it."""

from __future__ import annotations

import json
import struct

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""A code's outline in pixels: its own top left, top right, bottom right, bottom left."""
Codes = list[tuple[bytes, Corners]]
"""What each code says, and where it lies."""

SIZE = struct.Struct("<II")  # width, height
HANG_SECONDS = 5
"""Longest scan before the worker ends itself. Source: a 12-megapixel frame takes about 0.6 s."""


def write_codes(codes: Codes) -> bytes:
    """An answer as it travels; the worker's hello is one without codes.

    Shape: JSON, a list of [payload in hexadecimal, four corners].
    """
    return json.dumps([[payload.hex(), corners] for payload, corners in codes]).encode()


def read_codes(answer: bytes) -> Codes:
    """The codes of an answer."""
    return [(bytes.fromhex(payload), _corners(corners)) for payload, corners in json.loads(answer)]


def _corners(points: list[list[float]]) -> Corners:
    top_left, top_right, bottom_right, bottom_left = ((x, y) for x, y in points)
    return top_left, top_right, bottom_right, bottom_left

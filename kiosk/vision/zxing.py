"""zxing-cpp: the codes it reads, and the places of those it sees but cannot read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp

from kiosk.vision.code_parts import Points
from kiosk.vision.enhance import Grey
from kiosk.vision.qr_sampling import Place, place_of_corners

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_SMALLEST_PX = 30.0
_LONGEST_TO_SHORTEST = 2.5  # side of a code; a tilt of 60 degrees makes 2
_MOST_MODULES = 117  # version 25; a card's code has 41 or 57


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """What zxing-cpp made of a picture."""

    read: list[tuple[bytes, Place]]
    missed: list[Place]


def look(
    grey: Grey, factor: float = 1, origin: tuple[int, int] = (0, 0), *, thoroughly: bool = False
) -> Sighting:
    """Look for codes in a picture; thoroughly, also for light ones on dark and very large ones.

    Shape: a picture that was cut out at `origin` and enlarged by `factor` gives places in the whole frame.
    """
    seen = zxingcpp.read_barcodes(
        grey, formats=_QR, try_invert=thoroughly, try_downscale=thoroughly, return_errors=True
    )
    sighting = Sighting([], [])
    for code in seen:
        corners, modules = _corners(code.position) / factor + origin, _modules(code)
        if code.valid and modules:
            sighting.read.append((code.bytes, place_of_corners(corners, modules)))
        elif 25 <= modules <= _MOST_MODULES and _is_plausible(corners):
            sighting.missed.append(place_of_corners(corners, modules))
    return sighting


def _modules(code: zxingcpp.Barcode) -> int:
    """Modules a side; 0 for what is no ordinary QR code."""
    extra: dict[str, object] = code.extra or {}  # type: ignore[assignment]  # its stub says object
    version = str(extra.get("Version", ""))
    return 17 + 4 * int(version) if version.isdecimal() else 0


def _is_plausible(corners: Points) -> bool:
    sides = np.roll(corners, -1, 0) - corners
    lengths = np.hypot(*sides.T)
    following = np.roll(sides, -1, 0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    square = lengths.min() > _SMALLEST_PX and lengths.max() < _LONGEST_TO_SHORTEST * lengths.min()
    return bool(square and (turns > 0).all())


def _corners(position: zxingcpp.Position) -> Points:
    points = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    return np.array([(point.x, point.y) for point in points], np.float64)

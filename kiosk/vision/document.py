"""Where the paper lies in a picture: the outermost four sides that are supported, or an honest "not seen"."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.domain.measurements import Corners, Extent, Sighting
from kiosk.vision.edges import Field, Numbers, find_lines, prepare
from kiosk.vision.quads import Flags, Quads, Rulers, find_quads, measure_lines


@dataclass(frozen=True, slots=True)
class Shape:
    """What is looked for.

    Units: `longest` and `squarest` are long side over short side as seen, tilt included.
    """

    squarest: float
    longest: float
    has_margin: bool  # white around a printed field, square corners: the field must not pass for the sheet


PAPER = Shape(1.15, 1.75, has_margin=True)  # the A series is 1.414; 30 degrees of tilt make it 1.22 to 1.63
CARD = Shape(1.30, 1.90, has_margin=False)  # ISO/IEC 7810 ID-1 is 1.586


# Thresholds found on the scenes of tests/pages, checked on another generator; tests/bench/sheets.py measures.
_HELD, _RING = 0.6, 0.75  # least part of a side with a step, of the inside with the paper's colour
_CLEAR_LIFT, _CLEAR_RING, _CLEAR_MERIT = 2.5, 0.55, 0.5  # of a figure that is lighter than all around it
_LEAST_INK, _SURE_SHARE = 0.004, 0.25  # a small figure without a letter in it is a box on the desk
_EVERY_WAY = 0.1
_BRIGHT = 0.85  # of the picture's brightest part: as light as paper
_FIELD = -4.0  # weighted Lab: darker than the white around it by so much is a printed field, seldom a sheet
_NEAR = 0.06  # of the picture's short side: a doubtful side this near the border is a cut


def find_document(image: Image, shape: Shape = PAPER) -> Sighting:
    """Find the sheet in a colour picture; rather nothing than something else."""
    field = prepare(image)
    rulers = measure_lines(field, find_lines(field))
    quads = _likely(field, find_quads(field, rulers), shape)
    if not len(quads.share):
        return Sighting(Extent.NONE)
    best = _outermost(field, quads, rulers)
    return _sighting(field, quads, best, shape)


def ordered(corners: Numbers) -> Numbers:
    """Put four corners in the order top left, top right, bottom right, bottom left."""
    away = corners - corners.mean(0)
    turn = corners[np.argsort(np.arctan2(away[:, 1], away[:, 0]))]
    return np.roll(turn, -int(np.argmin(turn.sum(1))), 0)


def _likely(field: Field, quads: Quads, shape: Shape) -> Quads:
    """Drop what is no sheet by colour and form; put what has writing in it first."""
    side = np.linalg.norm(np.roll(quads.corners, -1, 1) - quads.corners, axis=2).reshape(-1, 2, 2).mean(1)
    ratio = side.max(1, initial=0) / np.maximum(side.min(1, initial=np.inf), 1)
    formed = (ratio > shape.squarest) & (ratio < shape.longest)
    light = quads.paper[:, 0] > 0.55 * _brightest(field)  # a dark mat is a figure too
    quads = quads.pick(np.flatnonzero((formed | quads.border.any(1)) & light))
    written = np.array([min(1.0, _ink(field, corners) / 0.03) for corners in quads.corners[:15]])
    written = np.pad(written, (0, len(quads.score) - len(written)))
    merit = quads.score + 0.5 * written + _CLEAR_MERIT * _stands_clear(quads)
    return quads.pick(np.argsort(-merit, kind="stable"))


def _stands_clear(quads: Quads) -> Flags:
    """Find figures lighter than what is around them, on every side and up to the corners: no printed field.

    On a white desk this says more than one paper's colour, which a lamp or a burnt-out corner spoils.
    """
    lighter = quads.lift.min(1, initial=np.inf) > _CLEAR_LIFT
    to_the_corners = (quads.ends.min(1, initial=1) > 0.7) & (quads.held.min(1, initial=1) > 0.9)
    return np.asarray(lighter & to_the_corners & ~quads.border.any(1))


def _brightest(field: Field) -> float:
    return float(np.percentile(field.lab[::4, ::4, 0], 95))


def _ink(field: Field, corners: Numbers) -> float:
    """Part of a figure's area that is letters."""
    return float(cv2.mean(field.ink, _inside(field, corners))[0])


def _is_written_on(field: Field, corners: Numbers) -> bool:
    """True if a figure holds letters, which run every way; the grain of wood and pens and boxes run one way.

    Source: the weaker over the stronger way is 0.02 to 0.07 on ten bare boards and ten desks of clutter, 0.13
            to 0.65 on 30 sheets that are cut off (a structure tensor over the ink).
    """
    mask = _inside(field, corners)
    soft = cv2.GaussianBlur(field.ink.astype(np.float32), (0, 0), 0.7)
    x, y = (cv2.Sobel(soft, cv2.CV_32F, d, 1 - d) for d in (1, 0))
    across, down, both = (cv2.mean(product, mask)[0] for product in (x * x, y * y, x * y))
    apart = float(np.hypot(across - down, 2 * both))
    every_way = (across + down - apart) / max(across + down + apart, 1e-9)
    return every_way > _EVERY_WAY and _ink(field, corners) >= _LEAST_INK


def _inside(field: Field, corners: Numbers) -> Image:
    mask = np.zeros(field.ink.shape, np.uint8)
    return cv2.fillConvexPoly(mask, np.rint(corners + field.size / 2).astype(np.int32), 1).astype(np.uint8)


def _outermost(field: Field, quads: Quads, rulers: Rulers) -> int:
    """Start at the best figure and grow to larger ones around it, as long as paper goes on."""
    best = 0
    whole = np.flatnonzero(~quads.border.any(1))
    clear = _stands_clear(quads)
    if len(whole) and _is_supported(quads, clear, int(whole[0])):
        best = int(whole[0])
    for other in np.argsort(quads.share, kind="stable"):
        larger = quads.share[other] > 1.005 * quads.share[best]
        larger &= not (clear[best] and quads.border[other].any())  # white desk goes on where paper ended
        if (
            larger
            and _continues(quads, rulers, best, int(other))
            and _paper_between(field, quads, best, int(other))
        ):
            best = int(other)
    return best


def _is_supported(quads: Quads, clear: Flags, which: int) -> bool:
    ring = quads.ring[which].mean()
    return bool(quads.held[which].min() > _HELD and ring > (_CLEAR_RING if clear[which] else _RING))


def _continues(quads: Quads, rulers: Rulers, inner: int, outer: int) -> bool:
    """True if `outer` is the same paper seen further out: well supported, around it, and its sides go on."""
    at_border = bool(quads.border[outer].any())
    ring = quads.ring[outer]
    if quads.held[outer].min() < _HELD or ring.mean() < 0.85 or ring.min() < (0.88 if at_border else 0.7):
        return False
    if np.linalg.norm(quads.paper[outer] - quads.paper[inner]) > 40:
        return False
    around = quads.corners[outer].astype(np.float32)
    away = [
        cv2.pointPolygonTest(around, (float(x), float(y)), measureDist=True) for x, y in quads.corners[inner]
    ]
    if min(away) < -3:
        return False
    shared, samples, stepped = _extension(quads, rulers, inner, outer)
    if at_border and shared < 2:
        return False
    return samples < 3 or stepped >= 0.75 * samples


def _paper_between(field: Field, quads: Quads, inner: int, outer: int) -> bool:
    """True if what lies between two figures is mostly paper: a page is not the sheet it lies on."""
    one, other = (ordered(quads.corners[k] + field.size / 2) for k in (inner, outer))
    along = np.linspace(0.05, 0.95, 12)[:, None, None]
    rings = [one * (1 - part) + other * part for part in (0.3, 0.5, 0.7)]
    spots = np.concatenate([ring + (np.roll(ring, -1, 0) - ring) * along for ring in rings]).reshape(-1, 2)
    place = np.clip(np.rint(spots), 0, field.size - 1).astype(np.intp)
    off = np.linalg.norm(field.lab[place[:, 1], place[:, 0]] - quads.paper[outer], axis=1)
    return bool((off < 70).mean() > 0.7)  # a slope of light may take 60, a mat is 150 away


def _extension(quads: Quads, rulers: Rulers, inner: int, outer: int) -> tuple[int, float, float]:
    """Look at shared sides where only the outer figure has them: their number, samples and steps."""
    shared, samples, stepped = 0, 0.0, 0.0
    for k, line in enumerate(quads.sides[outer]):
        for m in np.flatnonzero(quads.sides[inner] == line):
            shared += 1
            low, high = quads.stretch[outer, k]
            from_low, from_high = quads.stretch[inner, m]
            for start, end in ((low, min(from_low, high)), (max(from_high, low), high)):
                if end - start > 1:
                    samples += float(rulers.seen[line, end] - rulers.seen[line, start])
                    stepped += float(rulers.stepped[line, end] - rulers.stepped[line, start])
    return shared, samples, stepped


def _sighting(field: Field, quads: Quads, best: int, shape: Shape) -> Sighting:
    corners = quads.corners[best] + field.size / 2
    near = _nearness(corners, field.size)
    outline = _points(ordered(corners), field.scale)
    beyond = (corners < 0.7) | (corners > field.size - 1.2)
    if quads.border[best].any() or beyond.any():
        if not _is_written_on(field, quads.corners[best]):  # a board, a cloth, the edge of the desk
            return Sighting(Extent.NONE)
        return Sighting(Extent.CUT, outline=outline, missing=_missing(ordered(corners), field))
    doubtful = _doubtful(field, quads, best, shape, near)
    if doubtful.any():
        extent = Extent.CUT if near[doubtful].min() < _NEAR else Extent.NONE
    elif not _is_supported(quads, _stands_clear(quads), best):
        extent = Extent.CUT if near[np.argmin(quads.held[best])] < 0.04 else Extent.NONE
    elif quads.share[best] < _SURE_SHARE and _ink(field, quads.corners[best]) < _LEAST_INK:
        extent = Extent.NONE
    else:
        return Sighting(Extent.WHOLE, corners=outline, outline=outline)
    return Sighting(extent, outline=outline if extent is Extent.CUT else None)


def _doubtful(field: Field, quads: Quads, best: int, shape: Shape, near: Numbers) -> Numbers:
    """Find sides that look like something printed on the sheet instead of its edge."""
    step, lift, ends = quads.step[best], quads.lift[best], quads.ends[best]
    alike = (step < 0.4 * step.max()) & (step.max() > 40) & (near < _NEAR)  # the other edges are far clearer
    if not shape.has_margin:
        return np.asarray(alike)
    outside_bright = quads.paper[best, 0] - lift > _BRIGHT * _brightest(field)
    printed = (lift < _FIELD) | (ends < 0.7) | ((step < 14) & (near < 0.02))
    return np.asarray(alike | (outside_bright & printed))


def _nearness(corners: Numbers, size: Numbers) -> Numbers:
    """How far each side is from the border of the picture it runs along, in parts of the short side."""
    start, end = corners, np.roll(corners, -1, 0)
    near = np.minimum(np.maximum(start, end), size - np.minimum(start, end)).min(1)
    return np.asarray(near / size.min())


def _missing(corners: Numbers, field: Field) -> tuple[int, ...]:
    outside = (corners < 1.5) | (corners > field.size - 2.5)
    return tuple(int(k) for k in np.flatnonzero(outside.any(1)))


def _points(corners: Numbers, scale: float) -> Corners:
    a, b, c, d = ((float(x / scale), float(y / scale)) for x, y in corners)
    return (a, b, c, d)

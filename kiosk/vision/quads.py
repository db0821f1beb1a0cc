"""Four-sided figures made of straight edges, with the evidence: steps along the sides, paper inside."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kiosk.vision.edges import Field, Floats, Indices, Numbers

Flags = NDArray[np.bool_]
_PACE = 2.0  # px between samples along a line
_BESIDE = 2.5  # px from a line to the samples inside and outside of it
_STEP = 1.6  # weighted Lab units: twice what remains of sensor noise after reduction
_MOST = 60  # figures looked at closely
_LEAST_SHARE = 0.02  # of the picture; smaller sheets hold no letter that could be read
_ALONG = np.linspace(0.05, 0.95, 24)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rulers:
    """Every line of a field, sampled on both sides and summed, so that any stretch can be judged at once.

    Shape: sums are (lines, samples + 1), `steps` (lines, samples + 1, 3); the last four lines are the
           borders of the picture, where nothing can be seen beyond.
    """

    lines: Numbers
    along: Numbers  # unit vectors (lines, 2)
    reach: float
    seen: Floats
    stepped: Floats
    steps: Floats
    sizes: Floats

    def stretch(self, start: Numbers, end: Numbers) -> tuple[Indices, Indices]:
        """Return the sample numbers of a stretch between two places along the line, px from its foot."""
        last = self.seen.shape[1] - 1
        ends = np.sort([start, end], axis=0)
        low, high = (np.clip(np.rint((v + self.reach) / _PACE), 0, last).astype(np.intp) for v in ends)
        return low, high

    def over(self, sums: Floats, line: Indices, low: Indices, high: Indices) -> Numbers:
        """Add up what lies between two sample numbers."""
        return np.asarray(sums[line, high] - sums[line, low], np.float64)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quads:
    """Figures and their evidence, best first.

    Shape: (n, 4) for the sides, (n, 4, 2) for corners (field px from its centre), (n,) otherwise.
    Units: `step` and `lift` in weighted Lab units: the change of colour across a side, and how much
           lighter the inside is; `held`, `ends`, `ring` and `ink` are parts of 1.
    """

    sides: Indices  # line numbers
    corners: Numbers
    share: Numbers  # of the field's area
    border: Flags  # this side is the border of the picture
    held: Numbers  # of a side: where a consistent step is seen
    ends: Numbers  # the same near the corners, the worse of the two
    step: Numbers
    lift: Numbers
    ring: Numbers  # of a side: where the inside has the colour of this figure's paper
    paper: Numbers  # (n, 3) that colour
    stretch: Indices  # (n, 4, 2) sample numbers on the rulers
    score: Numbers

    def pick(self, which: Indices) -> Quads:
        """Return some of the figures, in the order given."""
        return Quads(*(getattr(self, name)[which] for name in self.__slots__))


def measure_lines(field: Field, lines: Numbers) -> Rulers:
    """Sample the found lines and the four borders of the picture."""
    width, height = field.size
    right, down = 0.0, np.pi / 2
    borders = [
        (right, 0.5 - width / 2),
        (right, width / 2 - 0.5),
        (down, 0.5 - height / 2),
        (down, height / 2 - 0.5),
    ]
    lines = np.vstack([lines, borders])
    normal = np.column_stack([np.cos(lines[:, 0]), np.sin(lines[:, 0])])
    along = np.column_stack([-normal[:, 1], normal[:, 0]])
    reach = float(int(np.hypot(width, height) / 2) + 4)
    places = np.arange(-reach, reach + 1, _PACE)
    spots = (
        normal[:, None] * lines[:, 1, None, None] + along[:, None] * places[None, :, None] + field.size / 2
    )
    seen = ((spots >= 0) & (spots <= field.size - 1)).all(2)
    change = _at(field, spots + normal[:, None] * _BESIDE) - _at(field, spots - normal[:, None] * _BESIDE)
    change *= seen[..., None]
    size = np.sqrt((change**2).sum(2))
    return Rulers(lines, along, reach, *(_sums(v) for v in (seen, size > _STEP, change, size)))


def find_quads(field: Field, rulers: Rulers) -> Quads:
    """Combine lines to figures a sheet could have and keep the best supported."""
    quads = _supported(rulers, *_combined(rulers.lines, field.size), field.size)
    least_step = np.where(quads.border, np.inf, quads.step).min(1, initial=np.inf)
    ring, paper = _rings(field, quads.corners, np.clip(0.5 * least_step, 2.5, 7.0))
    score = quads.score + 0.8 * ring.mean(1) + 0.4 * ring.min(1)
    return replace(quads, ring=ring, paper=paper, score=score).pick(np.argsort(-score, kind="stable"))


def _supported(rulers: Rulers, sides: Indices, corners: Numbers, size: Numbers) -> Quads:
    """Judge the sides of every figure and keep those that may be seen on all four."""
    border = sides >= len(rulers.lines) - 4
    judged = [_side(rulers, corners, sides, k) for k in range(4)]
    seen, held, ends, step, lift, low, high = (np.stack(part, 1) for part in zip(*judged, strict=True))
    held = np.where(border, 0.7, held)
    fair = (
        (held.min(1) > 0.5) & (held.mean(1) > 0.65) & ((seen > 0.25) | border).all(1) & (border.sum(1) <= 2)
    )
    share = _area(corners) / float(np.prod(size))
    score = held.mean(1) + 0.6 * held.min(1) + 0.6 * np.sqrt(share)
    best = np.flatnonzero(fair)[np.argsort(-score[fair], kind="stable")[:_MOST]]
    stretch = np.stack([low, high], 2).astype(np.intp)
    later = np.zeros((len(sides), 4))
    quads = Quads(sides, corners, share, border, held, ends, step, lift, later, later[:, :3], stretch, score)
    return quads.pick(best)


def _at(field: Field, spots: Numbers) -> Floats:
    place = np.clip(np.rint(spots), 0, field.size - 1).astype(np.intp)
    return np.asarray(field.lab[place[..., 1], place[..., 0]])


def _sums(values: NDArray[np.generic]) -> Floats:
    total = np.cumsum(values, 1, dtype=np.float64)
    return np.concatenate([np.zeros_like(total[:, :1]), total], 1).astype(np.float32)


def _combined(lines: Numbers, size: Numbers) -> tuple[Indices, Numbers]:
    """Pair lines that run alike, then pairs that cross; return sides in turn and their corners."""
    normal = np.column_stack([np.cos(lines[:, 0]), np.sin(lines[:, 0])])
    turned = np.abs((lines[:, None, 0] - lines[None, :, 0] + np.pi / 2) % np.pi - np.pi / 2)
    one, other = np.nonzero(np.triu(turned < np.radians(25), 1))
    sign = np.sign((normal[one] * normal[other]).sum(1))
    apart = np.abs(lines[one, 1] - lines[other, 1] * sign) > 0.18 * size.min()
    one, other, sign = one[apart], other[apart], sign[apart]
    mean = normal[one] + normal[other] * sign[:, None]
    way = np.arctan2(mean[:, 1], mean[:, 0])
    across = np.abs((way[:, None] - way[None] + np.pi / 2) % np.pi - np.pi / 2) > np.radians(55)
    first, second = np.nonzero(np.triu(across, 1))
    sides = np.column_stack([one[first], one[second], other[first], other[second]])
    meet = _crossings(lines, normal)
    corners = meet[np.roll(sides, 1, 1), sides]  # corner k lies between sides k - 1 and k
    sane = (np.abs(corners) < size / 2 * 1.35).all((1, 2))
    sane[sane] &= _sheet_like(corners[sane], size)
    return sides[sane], corners[sane]


def _crossings(lines: Numbers, normal: Numbers) -> Numbers:
    """Where each line meets each other; not finite where they are parallel."""
    x, y, away = normal[:, 0], normal[:, 1], lines[:, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        det = x[:, None] * y - y[:, None] * x
        return np.stack(
            [(away[:, None] * y - away * y[:, None]) / det, (x[:, None] * away - x * away[:, None]) / det], 2
        )


def _sheet_like(corners: Numbers, size: Numbers) -> Flags:
    """Convex, corners 45 to 135 degrees, opposite sides alike, no strip and no speck."""
    edge = np.roll(corners, -1, 1) - corners
    after = np.roll(edge, -1, 1)
    length = np.linalg.norm(edge, axis=2)
    turn = edge[..., 0] * after[..., 1] - edge[..., 1] * after[..., 0]
    sine = turn / np.maximum(length * np.roll(length, -1, 1), 1e-6)
    pairs = length.reshape(-1, 2, 2)  # (n, opposite, which pair)
    extent = np.sort(pairs.sum(1), 1)
    square = (sine > 0.7).all(1) | (sine < -0.7).all(1)
    alike = (pairs.min(1) > 0.6 * pairs.max(1)).all(1)
    return np.asarray(
        square & alike & (extent[:, 1] < 2.2 * extent[:, 0]) & (_area(corners) > _LEAST_SHARE * size.prod())
    )


def _area(corners: Numbers) -> Numbers:
    after = np.roll(corners, -1, 1)
    return np.asarray(np.abs((corners[..., 0] * after[..., 1] - corners[..., 1] * after[..., 0]).sum(1)) / 2)


def _side(rulers: Rulers, corners: Numbers, sides: Indices, k: int) -> tuple[Numbers, ...]:
    """Judge side `k` of every figure: seen, held, ends, step, lift, first and last sample."""
    line, start, end = sides[:, k], corners[:, k], corners[:, (k + 1) % 4]
    along = rulers.along[line]
    low, high = np.sort([(start * along).sum(1), (end * along).sum(1)], axis=0)
    length = high - low

    def part(sums: Floats, begin: float, stop: float) -> Numbers:
        return rulers.over(sums, line, *rulers.stretch(low + begin * length, low + stop * length))

    samples = np.maximum(part(rulers.seen, 0.05, 0.95), 1e-3)
    change = part(rulers.steps, 0.05, 0.95)
    steady = np.linalg.norm(change, axis=1) / np.maximum(part(rulers.sizes, 0.05, 0.95), 1e-3)
    held = part(rulers.stepped, 0.05, 0.95) / samples * (0.4 + 0.6 * steady)
    tips = [
        part(rulers.stepped, *tip) / np.maximum(part(rulers.seen, *tip), 1e-3)
        for tip in ((0.005, 0.075), (0.925, 0.995))
    ]
    normal = np.column_stack([along[:, 1], -along[:, 0]])
    inward = np.sign(((corners.mean(1) - (start + end) / 2) * normal).sum(1))
    first, last = rulers.stretch(low + 0.05 * length, high - 0.05 * length)
    seen = samples * _PACE / np.maximum(0.9 * length, 1)
    step, lift = np.linalg.norm(change, axis=1) / samples, change[:, 0] / samples * inward
    return seen, held, np.minimum(*tips), step, lift, first.astype(np.float64), last.astype(np.float64)


def _rings(field: Field, corners: Numbers, tolerance: Numbers) -> tuple[Numbers, Numbers]:
    """Compare the inside along the four sides with one paper under one slope of light.

    Shape: returns (n, 4), the part of each side that agrees, and (n, 3), the paper's colour.
    """
    edge = np.roll(corners, -1, 1) - corners
    inward = np.stack([-edge[..., 1], edge[..., 0]], 2)
    inward /= np.maximum(np.linalg.norm(inward, axis=2, keepdims=True), 1e-6)
    inward *= np.sign(((corners.mean(1, keepdims=True) - corners) * inward).sum(2, keepdims=True))
    spots = corners[:, :, None] + edge[:, :, None] * _ALONG[:, None] + inward[:, :, None] * (_BESIDE + 1)
    seen = (np.abs(spots) <= field.size / 2 - 0.5).all(3)
    count, samples = len(corners), 4 * len(_ALONG)
    colour = _at(field, spots + field.size / 2).reshape(count, samples, 3).astype(np.float64)
    plane = np.concatenate([np.ones_like(spots[..., :1]), spots / field.size], 3).reshape(count, samples, 3)
    off, paper = _fit(plane, colour, seen.reshape(count, samples).astype(np.float64))
    agrees = (off.reshape(seen.shape) < tolerance[:, None, None]) & seen
    return agrees.sum(2) / np.maximum(seen.sum(2), 1), paper


def _fit(plane: Numbers, colour: Numbers, seen: Numbers) -> tuple[Numbers, Numbers]:
    """Fit each channel by a plane, three times, trusting less what lies off; return distances and level."""
    trust = seen
    for _ in range(3):
        weighted = plane * trust[..., None]
        normal = np.swapaxes(weighted, 1, 2) @ plane + 1e-3 * np.eye(3)
        slope = np.linalg.solve(normal, np.swapaxes(weighted, 1, 2) @ colour)
        off = np.sqrt(((colour - plane @ slope) ** 2).sum(2))
        middle = np.median(off, axis=1)[:, None] + 0.5
        trust = seen / (1 + (off / (2 * middle)) ** 2)
    return np.asarray(off), np.asarray(slope[:, 0, :])

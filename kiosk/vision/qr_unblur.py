"""Which modules are dark, when blur has mixed each with its neighbours.

The code's own marks are known beforehand, so that how the camera blurs can be measured on them; the other
modules are then the ones that, blurred alike, give the picture. What was found tells more about the blur, and
so on, round after round. Works up to a blur of more than one module, where no threshold can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.enhance import GLARE_SHARE, WHITE
from kiosk.vision.qr_sampling import MARGIN, PER_MODULE, Light
from kiosk.vision.qr_symbol import Marks, Symbol

Flags = NDArray[np.bool_]

ROUNDS = 5
"""Source: on scenes of defocus 4 px (1.3 modules), 3 rounds read 5 of 8, 5 rounds 8 of 8."""

_REACH = 4  # pixels of the flattened picture that blur may spread to each side
_STEPS = 20  # towards the modules, in each round
_STILLNESS = 0.002  # pulls modules that the picture says nothing about to "not known"
_SPREAD = 0.5  # modules; blur to start from
_LIKE_BEFORE = 0.003, 0.001  # how far a new measurement of the blur is held to the one before: first, later
_SAMPLES = 2500  # equations for the 81 unknowns of the blur
_FAINT = 0.25  # of the usual contrast


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What is known before the first round. Shape: pixels of the flattened picture, unless modules."""

    light: Light  # dark is low
    usable: Flags  # pixels near the code that were not drowned in glare
    sure: Light  # modules: how far the contrast there may be trusted, 0 to 1
    glare: bool
    fixed: Marks  # with the margin, which is light


def darkness(light: Light, plan: Symbol) -> Iterator[Marks]:
    """Yield ever better guesses of the modules: 1 dark, -1 light, 0 where nothing can be seen.

    Shape: `light` as `flattened` gives it. Nothing is yielded for a picture without contrast.
    """
    view = _viewed(light, plan)
    known = view.fixed != 0
    modules = view.fixed
    blur = _bell(_SPREAD * PER_MODULE)
    marked = view.usable & _shrunk(_enlarged(known.astype(np.float32)) > 0)
    for turn in range(ROUNDS):
        pixels = _enlarged(modules)
        seen = _levelled(view, pixels, blur, marked if turn == 0 else view.usable, smooth=turn > 0)
        if seen is None:
            return
        blur = _measured(pixels, seen, marked if turn == 0 else view.usable, blur, _LIKE_BEFORE[turn > 0])
        if view.glare:
            seen = np.where(view.usable, seen, _blurred(pixels, blur)).astype(np.float32)
        found = _unmixed(seen, blur, modules, known)
        yield _core(found) * view.sure
        modules = np.where(known, view.fixed, np.clip(2.5 * found, -1, 1)).astype(np.float32)


def _viewed(light: Light, plan: Symbol) -> _View:
    size = len(light)
    near = np.zeros((size, size), bool)
    edge = (MARGIN - 1) * PER_MODULE
    near[edge:-edge, edge:-edge] = True
    fixed = np.pad(plan.fixed, MARGIN, constant_values=-1)
    white = light >= WHITE
    if white[near].mean() < GLARE_SHARE:
        return _View(light, near, np.ones_like(plan.fixed), glare=False, fixed=fixed)
    level, contrast = _evened(light)
    usual = float(np.median(contrast))
    drowned = cv2.erode(white.astype(np.uint8), np.ones((2 * PER_MODULE + 1,) * 2, np.uint8)) > 0
    usable = (contrast > _FAINT * usual) & ~drowned
    clear = np.clip(1.5 * _shrunk_to_modules(usable.astype(np.float32)) - 0.3, 0, 1)
    sure = clear * np.clip(_shrunk_to_modules(contrast) / usual, 0, 1)
    return _View(level, usable & near, _core(sure), glare=True, fixed=fixed)


def _evened(light: Light) -> tuple[Light, Light]:
    """Grey between the darkest and the lightest nearby, for light that changes within a few modules."""
    calm = cv2.GaussianBlur(light, (0, 0), 0.35 * PER_MODULE)
    around = np.ones((3 * PER_MODULE,) * 2, np.uint8)
    low, high = (
        cv2.GaussianBlur(extreme(calm, around), (0, 0), PER_MODULE) for extreme in (cv2.erode, cv2.dilate)
    )
    contrast = np.asarray(high - low, np.float32)
    return np.asarray((2 * light - high - low) / np.maximum(contrast, 1), np.float32), contrast


def _levelled(view: _View, pixels: Light, blur: Light, where: Flags, *, smooth: bool) -> Light | None:
    """The picture on the scale of the modules, unevenness of light taken out; None without contrast."""
    expected = _blurred(pixels, blur)
    y, x = (np.mgrid[0 : len(expected), 0 : len(expected)] / len(expected) - 0.5).astype(np.float32)
    ones = np.ones_like(expected)
    parts = np.stack([ones, x, y, expected, expected * x, expected * y], -1)
    some = _some(where, 4 * _SAMPLES)
    weights = _solved(parts[some], view.light[some], np.zeros(6, np.float32), 1e-6)
    if weights[3] >= 0:  # dark would be lighter than light
        return None
    ground, depth = (one + across * x + down * y for one, across, down in weights.reshape(2, 3).tolist())
    seen = (view.light - ground) / np.minimum(depth, 0.3 * weights[3])
    if smooth:
        spread = (2 if view.glare else 4) * PER_MODULE
        trusted = where.astype(np.float32)
        rest = cv2.GaussianBlur((seen - expected) * trusted, (0, 0), spread)
        seen = seen - rest / (cv2.GaussianBlur(trusted, (0, 0), spread) + 0.05)
    return np.asarray(np.clip(seen, -2, 2), np.float32)


def _measured(pixels: Light, seen: Light, where: Flags, before: Light, like_before: float) -> Light:
    """The blur that turns the modules into what is seen, by least squares held to the blur before."""
    side = 2 * _REACH + 1
    inner = where[_REACH:-_REACH, _REACH:-_REACH]
    rows, columns = _some(inner, _SAMPLES)
    around = np.lib.stride_tricks.sliding_window_view(pixels, (side, side))[rows, columns]
    target = seen[rows + _REACH, columns + _REACH]
    blur = _solved(around.reshape(len(rows), -1), target, before.ravel(), like_before)
    total = float(blur.sum())
    return blur.reshape(side, side) / total if total > 0.3 else _bell(_SPREAD * PER_MODULE)


def _unmixed(seen: Light, blur: Light, start: Marks, known: Flags) -> Marks:
    """The modules that, blurred, give what is seen: least squares within bounds, accelerated descent."""
    spot = _spot(blur)
    middle = PER_MODULE // 2
    wanted = cv2.filter2D(seen, -1, spot, borderType=cv2.BORDER_REPLICATE)[
        middle::PER_MODULE, middle::PER_MODULE
    ]
    mixing = _overlaps(spot)
    stride = 1 / (float(np.abs(np.fft.fft2(mixing, (32, 32))).max()) + _STILLNESS * PER_MODULE**2)
    modules = ahead = before = start
    pace = 1.0
    for _ in range(_STEPS):
        mixed = cv2.filter2D(ahead, -1, mixing, borderType=cv2.BORDER_REPLICATE)
        slope = mixed - wanted + _STILLNESS * PER_MODULE**2 * ahead
        modules = np.where(known, start, np.clip(ahead - stride * slope, -1.25, 1.25)).astype(np.float32)
        next_pace = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = (modules + (pace - 1) / next_pace * (modules - before)).astype(np.float32)
        before, pace = modules, float(next_pace)
    return modules


def _overlaps(spot: Light) -> Light:
    """How much of one module's light falls together with that of each module around it."""
    reach = (len(spot) - 1) // PER_MODULE
    room = np.pad(spot, reach * PER_MODULE)
    shared = cv2.filter2D(room, -1, spot, borderType=cv2.BORDER_CONSTANT)
    at = len(shared) // 2 + PER_MODULE * np.arange(-reach, reach + 1)
    overlaps = shared[np.ix_(at, at)]
    return np.asarray((overlaps + overlaps[::-1, ::-1]) / 2, np.float32)


def _solved(rows: Light, target: Light, before: Light, like_before: float) -> Light:
    """Least squares held to an earlier answer. By OpenCV: BLAS threads fight over matrices this small."""
    held = like_before * len(rows)
    square = cv2.gemm(rows, rows, 1, held * np.eye(len(before), dtype=np.float32), 1, flags=cv2.GEMM_1_T)
    right = cv2.gemm(rows, target[:, None], 1, held * before[:, None], 1, flags=cv2.GEMM_1_T)
    return np.asarray(cv2.solve(square, right, flags=cv2.DECOMP_CHOLESKY)[1][:, 0], np.float32)


def _some(where: Flags, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """At most `count` places, spread evenly."""
    places = np.flatnonzero(where)
    if len(places) > count:
        places = places[np.linspace(0, len(places) - 1, count).astype(np.intp)]
    rows, columns = np.divmod(places, where.shape[1])
    return rows, columns


def _blurred(pixels: Light, blur: Light) -> Light:
    return np.asarray(cv2.filter2D(pixels, -1, blur, borderType=cv2.BORDER_REPLICATE), np.float32)


def _bell(spread: float) -> Light:
    line = cv2.getGaussianKernel(2 * _REACH + 1, spread)
    return np.asarray(line @ line.T, np.float32)


def _spot(blur: Light) -> Light:
    """What one dark module looks like."""
    module = np.pad(np.ones((PER_MODULE, PER_MODULE), np.float32), _REACH + 1)
    return np.asarray(cv2.filter2D(module, -1, blur[::-1, ::-1], borderType=cv2.BORDER_CONSTANT), np.float32)


def _enlarged(modules: Marks) -> Light:
    return np.repeat(np.repeat(modules, PER_MODULE, 0), PER_MODULE, 1)


def _shrunk_to_modules(pixels: Light) -> Light:
    size = (len(pixels) // PER_MODULE,) * 2
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)


def _shrunk(flags: Flags) -> Flags:
    """Without the pixels at the rim, whose neighbours are not known."""
    return np.asarray(cv2.erode(flags.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)


def _core(modules: Light) -> Light:
    return modules[MARGIN:-MARGIN, MARGIN:-MARGIN]

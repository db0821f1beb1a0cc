"""From modules one is more or less sure of to the bytes they say."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.vision.qr_symbol import Format, Marks, Symbol
from kiosk.vision.reed_solomon import corrected

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_CLEAR_FORMAT = 8.0  # of 30; chance alone reaches 16 only once in 300
_CONTRADICTION = 0.08
"""Share of the certainty that a correction may go against. Source: right readings stay below 0.05."""


def payload(darkness: Marks, plan: Symbol) -> bytes | None:
    """Read the content, correcting what was misread; None if it cannot be had for certain.

    Shape: `darkness` (modules, modules), 1 dark to -1 light.
    """
    for form in _formats(darkness, plan):
        bits = _bits(darkness, plan, form)
        if bits is not None:
            return _text(_drawn(bits, plan, form))
    return None


def _formats(darkness: Marks, plan: Symbol) -> list[Format]:
    """The two formats that fit best."""
    seen = np.tanh(2 * darkness[tuple(plan.format_places.T)])
    fit = {form: float(marks @ seen) for form, marks in plan.formats.items()}
    best = sorted(fit, key=lambda form: -fit[form])[:2]
    return [form for form in best if fit[form] > _CLEAR_FORMAT]


def _bits(darkness: Marks, plan: Symbol, form: Format) -> NDArray[np.bool_] | None:
    """The content's bits with every block corrected."""
    blocks = plan.blocks(form.level)
    count = 8 * sum(len(block.words) for block in blocks)
    seen = np.where(plan.masks[form.mask], -1, 1) * darkness[tuple(plan.order.T)]
    dark, certainty = (seen > 0)[:count], np.abs(seen)[:count]
    words = np.packbits(dark).astype(np.int32)
    doubts = np.log1p(np.exp(-5 * certainty)).reshape(-1, 8).sum(1).astype(np.float32)
    for block in blocks:
        answer = corrected(words[block.words], block.parity, doubts[block.words])
        if answer is None:
            return None
        words[block.words] = answer
    bits = np.unpackbits(words.astype(np.uint8)).astype(bool)
    weight = np.minimum(certainty, 1)
    return bits if weight[bits != dark].sum() < _CONTRADICTION * weight.sum() else None


def _drawn(bits: NDArray[np.bool_], plan: Symbol, form: Format) -> NDArray[np.bool_]:
    """The code as it was meant."""
    dark = plan.fixed > 0
    dark[tuple(plan.format_places.T)] = plan.formats[form] > 0
    rest = np.zeros(len(plan.order) - len(bits), bool)
    dark[tuple(plan.order.T)] = np.concatenate([bits, rest]) ^ plan.masks[form.mask]
    return dark


def _text(dark: NDArray[np.bool_]) -> bytes | None:
    """What a flawless code says; zxing-cpp knows all modes."""
    flat = np.where(np.pad(dark, 4), 0, 255).astype(np.uint8)
    large = cv2.resize(flat, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
    codes = zxingcpp.read_barcodes(large, formats=_QR, is_pure=True)
    return codes[0].bytes if codes else None

"""What a hand, a lens, a lamp and a cheap sensor do to a picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from hardware.protocols import Image


def defocused(image: Image, radius_px: float) -> Image:
    """Spread every point over a disc, as a lens out of focus does."""
    return cv2.filter2D(image, -1, _disc(radius_px)).astype(np.uint8)


def shaken(image: Image, length_px: float, angle: float) -> Image:
    """Smear along a straight line; `angle` in radians."""
    size = int(np.ceil(length_px)) // 2 * 2 + 3
    kernel = np.zeros((size * 4, size * 4), np.float32)
    step = np.array([np.cos(angle), np.sin(angle)]) * length_px * 2
    middle = np.array([size * 2, size * 2])
    start, end = (tuple(round(v) for v in middle + s * step) for s in (-1, 1))
    cv2.line(kernel, start, end, 1.0, 3)
    kernel = cv2.resize(kernel, (size, size), interpolation=cv2.INTER_AREA)
    return cv2.filter2D(image, -1, kernel / kernel.sum()).astype(np.uint8)


def partly(sharp: Image, damaged: Image, rng: Generator) -> Image:
    """Damage one side only: a curled page, a lens that is not parallel to it."""
    height, width = sharp.shape[:2]
    ramp = np.linspace(0, 1, height)[:, None] if rng.random() < 0.5 else np.linspace(0, 1, width)[None]
    if rng.random() < 0.5:
        ramp = 1 - ramp
    share = 1 / (1 + np.exp(-(ramp - rng.uniform(0.35, 0.75)) * 18))
    share = np.broadcast_to(share, (height, width))[..., None].astype(np.float32)
    return (sharp * (1 - share) + damaged * share).astype(np.uint8)


def noisy(image: Image, sigma: float, rng: Generator) -> Image:
    """Add sensor noise; sigma in grey levels."""
    grain = rng.standard_normal(image.shape, np.float32) * np.float32(sigma)
    return np.clip(image + grain, 0, 255).astype(np.uint8)


def lit(image: Image, level: float, slope: tuple[float, float] = (0.0, 0.0)) -> Image:
    """Scale the light: `level` in the middle, `slope` more (or less) towards right and bottom."""
    height, width = image.shape[:2]
    x, y = np.linspace(-1, 1, width)[None], np.linspace(-1, 1, height)[:, None]
    light = (level * (1 + slope[0] * x + slope[1] * y))[..., None].astype(np.float32)
    return np.clip(image * light, 0, 255).astype(np.uint8)


def glared(image: Image, share: float, rng: Generator) -> Image:
    """Reflect a lamp: a soft-edged white patch over about `share` of the picture."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    stretch = rng.uniform(0.5, 2.0)
    radius = np.sqrt(share * height * width / np.pi)
    centre = rng.uniform(0.25, 0.75, 2) * (height, width)
    away = np.hypot((y - centre[0]) * stretch, (x - centre[1]) / stretch) / radius
    strength = np.clip((1.25 - away) * 4, 0, 1)[..., None] * 255
    return np.clip(image + strength, 0, 255).astype(np.uint8)


def jpeg(image: Image, quality: int) -> Image:
    """Through JPEG and back."""
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(packed, cv2.IMREAD_COLOR).astype(np.uint8)


def smaller(image: Image, scale: float) -> Image:
    """Fewer pixels for the same view."""
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _disc(radius_px: float) -> np.ndarray:
    half, fine = int(np.ceil(radius_px)), 8
    size = half * 2 + 1
    at = (np.arange(size * fine) + 0.5) / fine - half - 0.5
    inside = (at[None] ** 2 + at[:, None] ** 2 <= max(radius_px, 0.5) ** 2).astype(np.float32)
    kernel = inside.reshape(size, fine, size, fine).mean((1, 3))
    return kernel / kernel.sum()

"""A card under a camera: tilt, blur, glare, dim light and noise, each to a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from tests.scenes.cards import CARD_MM, Card, Kind, draw_card

FRAME_PX = (1920, 1080)
_FINE = 3  # rays along a side of a pixel
_FOCAL_MM = 350.0  # from lens to card


@dataclass(frozen=True, slots=True)
class Strain:
    """What the camera must bear; the defaults are the base scene.

    Units:  lengths in pixels of the frame, tilt in degrees, noise in grey levels, light as a factor,
            glare as the share of the code's area it covers; jpeg is the quality.
    """

    px_per_module: float = 3.0
    tilt: float = 8.0
    defocus: float = 0.0  # radius of the disk a point becomes
    motion: float = 0.0  # length of the line it becomes
    noise: float = 3.0
    light: float = 1.0
    glare: float = 0.0
    jpeg: int = 85


BASE = Strain()
GRID: dict[str, Strain] = (
    {f"{px:g} px/module": replace(BASE, px_per_module=px) for px in (1.6, 2, 2.5, 3, 4, 6)}
    | {f"defocus {px:g} px": replace(BASE, defocus=px) for px in (1.5, 2, 2.5, 3)}
    | {f"motion {px:g} px": replace(BASE, motion=px) for px in (3, 4, 5)}
    | {"noise 25, half light": replace(BASE, noise=25, light=0.5)}
    | {f"light x{light:g}": replace(BASE, light=light, noise=4) for light in (0.15, 0.08)}
    | {f"glare {share:.0%}": replace(BASE, glare=share) for share in (0.03, 0.08, 0.15)}
    | {f"tilt {degrees:g}": replace(BASE, tilt=degrees) for degrees in (35, 50)}
    | {f"jpeg {quality}": replace(BASE, jpeg=quality) for quality in (30, 15)}
    | {"all of it": Strain(px_per_module=2.5, defocus=1, motion=2, noise=8, light=0.5, jpeg=70)}
)
"""The fixed grid of the benchmark."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Shot:
    """One frame. Shape: `image` is grey; `corners` is the code's outline in it, top left first, clockwise."""

    image: np.ndarray
    corners: np.ndarray
    payload: bytes


def shots(kind: Kind, strain: Strain, count: int, seed: int) -> Iterator[Shot]:
    """Take `count` pictures; the same seed gives the same pictures."""
    for number in range(count):
        yield shoot(kind, strain, np.random.default_rng((seed, number)))


def shoot(kind: Kind, strain: Strain, rng: np.random.Generator) -> Shot:
    """Lay one card on a desk and take its picture."""
    scale = strain.px_per_module * kind.modules / kind.side_mm  # pixels of the frame per millimetre
    card = draw_card(kind, scale * 4, rng)
    place = _place(card, scale, strain.tilt, rng)
    frame = _lay(_desk(rng), card.face, place)
    corners = cv2.perspectiveTransform(card.code[None], place)[0]
    frame = _blur(frame, strain, rng) * _falloff(rng) * strain.light
    if strain.glare:
        frame += _glare(corners, strain.glare, rng)
    sigma = strain.noise * np.sqrt(
        0.4 + 0.6 * np.clip(frame, 0, 255) / 200
    )  # read noise, and noise of the light
    frame += sigma * rng.standard_normal(frame.shape, np.float32)
    image = np.clip(np.rint(frame), 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, strain.jpeg])[1]
    return Shot(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), corners, card.payload)


def _place(card: Card, scale: float, tilt: float, rng: np.random.Generator) -> np.ndarray:
    """From pixels of the face to pixels of the frame: turn, tilt about any axis, and put down anywhere."""
    height, width = card.face.shape
    flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    card_mm = np.column_stack([(flat - (width / 2, height / 2)) / width * CARD_MM[0], np.zeros(4)])
    axis = rng.uniform(0, 2 * np.pi)
    turn = cv2.Rodrigues(np.array([0, 0, np.deg2rad(rng.uniform(-12, 12))]))[0]
    lean = cv2.Rodrigues(np.deg2rad(tilt) * np.array([np.cos(axis), np.sin(axis), 0]))[0]
    space = card_mm @ (lean @ turn).T
    seen = space[:, :2] * scale * (_FOCAL_MM / (_FOCAL_MM + space[:, 2:]))
    place = cv2.getPerspectiveTransform(flat, np.float32(seen))
    code = cv2.perspectiveTransform(card.code[None], place)[0]
    shift = [_shift(seen[:, side], code[:, side], FRAME_PX[side], rng) for side in (0, 1)]
    return np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]) @ place


def _shift(card: np.ndarray, code: np.ndarray, room: int, rng: np.random.Generator) -> float:
    """Keep the whole card in the frame, or at least its code."""
    part = card if np.ptp(card) < room - 20 else code
    return float(rng.uniform(10 - part.min(), room - 10 - part.max()))


def _desk(rng: np.random.Generator) -> np.ndarray:
    width, height = FRAME_PX
    grain = cv2.resize(rng.standard_normal((height // 8, width // 40)).astype(np.float32), FRAME_PX)
    return np.clip(rng.uniform(40, 160) + 8 * grain, 0, 255)


def _lay(desk: np.ndarray, face: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Look at the face through the pixels of the frame, several rays to a pixel."""
    height, width = face.shape
    outline = cv2.perspectiveTransform(
        np.float32([[[0, 0], [width, 0], [width, height], [0, height]]]), place
    )[0]
    left, top = np.clip(np.floor(outline.min(0)).astype(int) - 2, 0, FRAME_PX)
    right, bottom = np.clip(np.ceil(outline.max(0)).astype(int) + 2, 0, FRAME_PX)
    finer = np.diag([_FINE, _FINE, 1.0])
    finer[:2, 2] = (_FINE - 1) / 2 - _FINE * np.array([left, top])  # a pixel's middle ray falls on its middle
    size = (right - left, bottom - top)
    seen, cover = (
        cv2.resize(
            cv2.warpPerspective(part, finer @ place, (size[0] * _FINE, size[1] * _FINE)),
            size,
            interpolation=cv2.INTER_AREA,
        ).astype(np.float32)
        for part in (face, np.full_like(face, 255))
    )
    window = desk[top:bottom, left:right]
    window *= 1 - cover / 255
    window += seen
    return desk


def _blur(frame: np.ndarray, strain: Strain, rng: np.random.Generator) -> np.ndarray:
    frame = cv2.GaussianBlur(frame, (0, 0), 0.5)  # the lens at its best
    for spread in (_disk(strain.defocus), _line(strain.motion, rng.uniform(0, np.pi))):
        if spread is not None:
            frame = cv2.filter2D(frame, -1, spread)
    return frame


def _disk(radius: float) -> np.ndarray | None:
    return _spread(lambda x, y: np.hypot(x, y) <= radius, radius) if radius else None


def _line(length: float, angle: float) -> np.ndarray | None:
    """A line as wide as a quarter of a pixel."""
    if not length:
        return None
    along, across = (np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))
    return _spread(
        lambda x, y: (
            (abs(x * along[0] + y * along[1]) <= length / 2) & (abs(x * across[0] + y * across[1]) <= 0.125)
        ),
        length / 2,
    )


def _spread(inside, reach: float) -> np.ndarray:
    """The share of each pixel that a shape covers; sixteen samples along a side."""
    half, fine = int(np.ceil(reach)) + 1, 16
    steps = (np.arange((2 * half + 1) * fine) + 0.5) / fine - half - 0.5
    x, y = np.meshgrid(steps, steps)
    side = 2 * half + 1
    share = inside(x, y).astype(np.float32).reshape(side, fine, side, fine).mean((1, 3))
    return share / share.sum()


def _falloff(rng: np.random.Generator) -> np.ndarray:
    width, height = FRAME_PX
    across = np.linspace(-1, 1, width, dtype=np.float32)[None] * rng.uniform(-0.15, 0.15)
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * rng.uniform(-0.15, 0.15)
    return 1 + across + down


def _glare(corners: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """A lamp's reflection: an ellipse that saturates, with a soft rim, its middle inside the code."""
    width, height = FRAME_PX
    area = cv2.contourArea(corners) * share
    stretch = rng.uniform(0.7, 1.4)
    radius = np.sqrt(area / np.pi)
    middle = corners.mean(0) + rng.uniform(-0.35, 0.35, 2) * np.ptp(corners, 0)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot((x - middle[0]) / (radius * stretch), (y - middle[1]) / (radius / stretch))
    return 255 * np.clip((1.5 - away) / 0.5, 0, 1)  # full up to the nominal rim

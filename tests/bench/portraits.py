"""Portraits with one thing wrong: which flaws are caught; and what a live look and a verdict cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
from numpy.random import Generator

from hardware.protocols import Image
from kiosk.domain.photo_words import FlawCode, PhotoKind
from kiosk.vision.assess import assess_certificate, assess_paper, assess_portrait
from kiosk.vision.faces import FaceFinder, open_finder
from kiosk.vision.live import LiveJudge
from tests.bench._timing import medians_ms
from tests.conftest import ROOT
from tests.pages import damage
from tests.pages.certificate import certificate
from tests.pages.desk import View, photograph
from tests.pages.faces import Sitter, portrait
from tests.pages.limits import LIMITS
from tests.pages.photographed_face import astronaut, photographed
from tests.pages.shots import SENSORS

SEED = 20261125
SIZE = (1280, 720)
MODEL = ROOT.parent / "shared" / "models" / "yunet_s_640_640.onnx"
"""Opencv_zoo's YuNet, where it lies beside the checkout; without it Haar alone is tried."""
FPS = 12.0

Draw = Callable[[Generator], Image]


def run(full: bool) -> None:
    """Print rates a flaw and a finder, then milliseconds on one core. Baseline: is there just one face?"""
    cv2.setNumThreads(1)
    finders = [open_finder()] + ([open_finder(MODEL)] if MODEL.exists() else [])
    count = 40 if full else 4
    print(f"seed {SEED}; {count} drawn portraits a row; caught: refused; named: by the right flaw")
    print(
        f"{'':<12}"
        + "".join(f"{each.name + ' caught %':>18}{'named %':>9}{'baseline %':>12}" for each in finders)
    )
    for name, (draw, named) in SITTINGS.items():
        images = [draw(np.random.default_rng((SEED, number))) for number in range(count)]
        print(f"{name:<12}" + "".join(_cells(images, named, finder) for finder in finders), flush=True)
    _print_photographed(finders)
    _print_times(finders, 60 if full else 6)


def _print_photographed(finders: list[FaceFinder]) -> None:
    """The same of a photograph."""
    print("\na photographed face: flaws found")
    for name, image in photographed(astronaut()).items():
        for finder in finders:
            codes = [flaw.code.value for flaw in assess_portrait(image, finder, LIMITS).flaws]
            print(f"{name:<12}{finder.name:<8}{', '.join(codes) or 'none'}", flush=True)


def _cells(images: list[Image], named: frozenset[FlawCode], finder: FaceFinder) -> str:
    found: Counter[str] = Counter()
    for image in images:
        seen = assess_portrait(image, finder, LIMITS)
        found["caught"] += not seen.accepted
        found["named"] += bool(named & {flaw.code for flaw in seen.flaws})
        found["baseline"] += len(finder.find(image, live=False)) != 1
    caught, right, baseline = (100 * found[each] / len(images) for each in ("caught", "named", "baseline"))
    return f"{caught:18.1f}{right:9.1f}{baseline:12.1f}"


def _print_times(finders: list[FaceFinder], times: int) -> None:
    rng = np.random.default_rng(SEED)
    face, empty = portrait(Sitter(1), rng=rng), portrait(rng=rng)
    live = {desk: (_paper(desk, SENSORS[0]), None) for desk in ("dark-mat", "cloth", "clutter", "white")}
    live |= {f"face, {finder.name}": (face, finder) for finder in finders}
    live |= {f"nobody, {finder.name}": (empty, finder) for finder in finders}
    print("\nlive verdict of a 1080p frame, median ms on one core (asked: 60)")
    for name, (image, finder) in live.items():
        kind = PhotoKind.BIRTH_CERTIFICATE if finder is None else PhotoKind.PORTRAIT
        print(f"{name:<22}{medians_ms(_looker(image, kind, finder), times=times)[0]:8.0f}", flush=True)
    print("\nfinal verdict of a still, median ms (asked: 1,500)")
    for size in SENSORS:
        works = _verdicts(_paper("wood", size), portrait(Sitter(1), rng=rng, size=size), finders)
        taken = medians_ms(*works.values(), times=max(2, times // 10))
        cells = ", ".join(f"{name} {ms:.0f}" for name, ms in zip(works, taken, strict=True))
        print(f"{size[0]} x {size[1]}: {cells}", flush=True)


def _verdicts(paper: Image, sitting: Image, finders: list[FaceFinder]) -> dict[str, Callable[[], object]]:
    faces = {f"face, {each.name}": partial(assess_portrait, sitting, each, LIMITS) for each in finders}
    return {
        "looks": partial(assess_paper, paper, PhotoKind.BIRTH_CERTIFICATE, LIMITS),
        "looks and reading": partial(assess_certificate, paper, LIMITS),
        **faces,
    }


def _looker(image: Image, kind: PhotoKind, finder: FaceFinder | None) -> Callable[[], object]:
    judge, at = LiveJudge(kind, finder, LIMITS), iter(np.arange(0, 10_000) / FPS)
    return lambda: judge.observe(image, float(next(at)))


def _paper(desk: str, size: tuple[int, int]) -> Image:
    rng = np.random.default_rng(SEED)
    view = View(*size, share=(0.85, 0.9), turn=3, tilt=6, quarter=1)
    return photograph(certificate(rng).image, desk, rng, view).image


def _good(rng: Generator) -> Image:
    return portrait(_sitter(rng), rng=rng, size=SIZE)


def _sitter(rng: Generator) -> Sitter:
    at = (float(rng.uniform(0.44, 0.56)), float(rng.uniform(0.38, 0.47)))
    return Sitter(int(rng.integers(0, 1000)), at, float(rng.uniform(0.155, 0.19)), float(rng.uniform(-6, 6)))


def _nobody(rng: Generator) -> Image:
    return portrait(rng=rng, size=SIZE)


def _two(rng: Generator) -> Image:
    one, other = (
        Sitter(
            int(rng.integers(0, 1000)), (x, float(rng.uniform(0.38, 0.47))), float(rng.uniform(0.12, 0.17))
        )
        for x in (0.33, 0.68)
    )
    return portrait(one, other, rng=rng, size=SIZE)


def _half(rng: Generator) -> Image:
    places = ((0.0, 0.42), (1.0, 0.42), (0.5, 0.02), (0.5, 0.98))
    sitter = Sitter(
        int(rng.integers(0, 1000)), places[int(rng.integers(0, 4))], float(rng.uniform(0.13, 0.19))
    )
    return portrait(sitter, rng=rng, size=SIZE)


def _blurred(rng: Generator) -> Image:
    return damage.noisy(damage.defocused(_good(rng), float(rng.uniform(4, 9))), 2.0, rng)


def _moved(rng: Generator) -> Image:
    return damage.shaken(_good(rng), float(rng.uniform(12, 24)), float(rng.uniform(0, np.pi)))


def _dark(rng: Generator) -> Image:
    return damage.noisy(damage.lit(_good(rng), float(rng.uniform(0.05, 0.25))), 3.0, rng)


def _hidden(rng: Generator) -> Image:
    eyes = ("shut", "shaded")[int(rng.integers(0, 2))]
    return portrait(Sitter(int(rng.integers(0, 1000)), eyes=eyes), rng=rng, size=SIZE)


_SOFT = frozenset({FlawCode.BLURRED, FlawCode.MOTION})
SITTINGS: dict[str, tuple[Draw, frozenset[FlawCode]]] = {
    "good": (_good, frozenset()),
    "nobody": (_nobody, frozenset({FlawCode.NO_FACE})),
    "two": (_two, frozenset({FlawCode.MANY_FACES})),
    "half": (_half, frozenset({FlawCode.NO_FACE, FlawCode.FACE_OFF_CENTRE})),
    "blurred": (_blurred, _SOFT),
    "moved": (_moved, _SOFT),
    "dark": (_dark, frozenset({FlawCode.DARK})),
    "eyes hidden": (_hidden, frozenset({FlawCode.EYES_HIDDEN})),
}
"""What is drawn, and the flaws that would name it. What is caught of the good ones is a false alarm."""

"""Reading codes: real photographs and degraded card scenes, every decoder by itself beside our reader."""

from __future__ import annotations

import importlib
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import ModuleType

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from kiosk.vision import zbar
from kiosk.vision.codes import CodeReader
from tests.scenes.cards import BHYT, CCCD, FONT
from tests.scenes.shots import GRID, shots

SEED = 20261122
SHARED = Path(__file__).resolve().parents[3] / "shared"
BUDGET_MS = 120.0
LEAST_GAIN, MOST_TIME = 1.3, 1.5
SINGLES = ("pyzbar", "raw", "zxing", "opencv")
OURS = ("frame", "still")

Decoder = Callable[[np.ndarray], list[bytes]]
Row = Iterable[tuple[np.ndarray, set[bytes]]]


@dataclass
class Tally:
    """What one decoder did over many pictures."""

    reads: int = 0
    wrong: int = 0
    hit_ms: list[float] = field(default_factory=list)
    all_ms: list[float] = field(default_factory=list)


def run(full: bool) -> None:
    """Print read rates and median milliseconds; baselines: pyzbar, the same raw, zxing-cpp and OpenCV."""
    cv2.setNumThreads(1)
    count = 20 if full else 1
    with closing(CodeReader(frame_budget_ms=BUDGET_MS)) as reader:
        decoders = _decoders(reader)
        _warm_up(decoders)
        if (SHARED / "cases/qr-photos").is_dir():
            _photos(decoders)
        _grid("our own scenes", decoders, _own_rows(count))
        if probe := _probe():
            _grid(
                "scenes of another generator (../shared/probes)",
                decoders,
                _probe_rows(probe, count // 2 or 1),
            )
        _memory(reader, frames=1000 if full else 100)
    print(f"seed {SEED}; frame: read_frame, budget {BUDGET_MS:g} ms; still: read_still")


def _decoders(reader: CodeReader) -> dict[str, Decoder]:
    quick, opencv = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]), cv2.QRCodeDetector()
    return {
        "pyzbar": lambda grey: [it.data for it in pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])],
        "raw": _raw,
        "zxing": lambda grey: [it.bytes for it in zxingcpp.read_barcodes(grey, formats=quick)],
        "opencv": lambda grey: _opencv(opencv, grey),
        "frame": lambda grey: [code.payload for code in reader.read_frame(grey)],
        "still": lambda grey: [code.payload for code in reader.read_still(grey)],
    }


def _raw(grey: np.ndarray) -> list[bytes]:
    height, width = grey.shape
    return [payload for payload, _ in zbar.read_codes(grey.ctypes.data, width, height)]


def _opencv(detector: cv2.QRCodeDetector, grey: np.ndarray) -> list[bytes]:
    try:
        texts = detector.detectAndDecodeMulti(grey)[1]
    except (cv2.error, UnicodeDecodeError):
        return []
    return [text.encode() for text in texts if text]


def _warm_up(decoders: dict[str, Decoder]) -> None:
    for shot in shots(CCCD, GRID["3 px/module"], 3, seed=SEED + 1):
        for decode in decoders.values():
            decode(shot.image)


def _photos(decoders: dict[str, Decoder]) -> None:
    """Every photograph, and by name those that a single decoder reads and ours does not."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    lost = []
    photos = 0
    for name, grey, expected in _turned_photos():
        read = {each: _measured(tallies[each], decode, grey, expected) for each, decode in decoders.items()}
        photos += 1
        if any(read[each] for each in SINGLES) and not (read["frame"] and read["still"]):
            lost.append(name)
    print(f"\nphotographs ({photos}, at 0 and 90 degrees)")
    _summary(tallies, photos)
    print(f"read by a single decoder and not by ours: {', '.join(lost) or 'none'}")


def _turned_photos() -> Iterator[tuple[str, np.ndarray, set[bytes]]]:
    for path in sorted((SHARED / "cases/qr-photos").glob("*.txt")):
        image = next(it for it in path.parent.glob(f"{path.stem}.*") if it != path)
        grey = cv2.imread(str(image), cv2.IMREAD_GRAYSCALE)
        expected = _spellings(path.read_bytes())
        for turns in (0, 1):
            yield f"{path.stem} at {90 * turns}", np.ascontiguousarray(np.rot90(grey, turns)), expected


def _spellings(raw: bytes) -> set[bytes]:
    r"""The expected text as bytes: `\n` may be an escape, line ends differ, old codes are not in UTF-8."""
    text = raw.decode().replace("\\n", "\n").replace("\r\n", "\n")
    endings = {text, text.rstrip("\n")}
    endings |= {each.replace("\n", "\r\n") for each in endings}
    spelt = set()
    for each in endings:
        for encoding in ("utf-8", "latin-1", "shift-jis"):
            try:
                spelt.add(each.encode(encoding))
            except UnicodeEncodeError:
                continue
    return spelt


def _own_rows(count: int) -> Iterator[tuple[str, Row]]:
    for kind in (CCCD, BHYT):
        for name, strain in GRID.items():
            made = shots(kind, strain, count, SEED)
            yield f"{kind.name} {name}", ((shot.image, {shot.payload}) for shot in made)


def _probe() -> ModuleType | None:
    """The other generator, where it is; it is run in place."""
    folder = SHARED / "probes/vision"
    sys.path.insert(0, str(folder))
    try:
        probe = importlib.import_module("qr_synth")
    except (ImportError, OSError) as why:
        print(f"\nno scenes of another generator: {type(why).__name__}")
        return None
    finally:
        sys.path.remove(str(folder))
    if not Path(probe.FONT).exists():
        probe.FONT = str(FONT)
    return probe


def _probe_rows(probe: ModuleType, count: int) -> Iterator[tuple[str, Row]]:
    def scenes(kind: str, name: str) -> Row:
        strain = GRID[name]
        for number in range(count):
            image, text, _ = probe.shot(
                kind,
                np.random.default_rng((SEED, number)),
                ppm=strain.px_per_module,
                tilt=strain.tilt,
                defocus=strain.defocus,
                mot=strain.motion,
                noise=strain.noise,
                level=strain.light,
                jpeg=strain.jpeg,
                glare=strain.glare,
            )
            yield image, {text.encode()}

    for kind in ("cccd", "bhyt"):
        for name in GRID:
            yield f"{kind} {name}", scenes(kind, name)


def _grid(title: str, decoders: dict[str, Decoder], rows: Iterator[tuple[str, Row]]) -> None:
    print(f"\n{title}\n{'reads':26s}{'of':>4s}" + "".join(f"{each:>8s}" for each in decoders), flush=True)
    tallies: dict[str, Tally] = defaultdict(Tally)
    scenes = 0
    for name, row in rows:
        before = {each: tallies[each].reads for each in decoders}
        first = scenes
        for grey, expected in row:
            scenes += 1
            for each, decode in decoders.items():
                _measured(tallies[each], decode, grey, expected)
        cells = "".join(f"{tallies[each].reads - before[each]:8d}" for each in decoders)
        print(f"{name:26s}{scenes - first:4d}{cells}", flush=True)
    _summary(tallies, scenes)
    _verdict(tallies)


def _measured(tally: Tally, decode: Decoder, grey: np.ndarray, expected: set[bytes]) -> bool:
    start = time.perf_counter()
    payloads = decode(grey)
    spent = (time.perf_counter() - start) * 1000
    read = any(each in expected for each in payloads)
    tally.all_ms.append(spent)
    tally.wrong += any(each not in expected for each in payloads)
    if read:
        tally.reads += 1
        tally.hit_ms.append(spent)
    return read


def _summary(tallies: dict[str, Tally], pictures: int) -> None:
    print(f"{'':30s}" + "".join(f"{each:>8s}" for each in tallies))
    lines: dict[str, Callable[[Tally], float]] = {
        "read %": lambda tally: 100 * tally.reads / pictures,
        "pictures with wrong bytes": lambda tally: tally.wrong,
        "median ms on hits": lambda tally: median(tally.hit_ms or [0]),
        "median ms": lambda tally: median(tally.all_ms),
        "longest ms": lambda tally: max(tally.all_ms),
    }
    for name, value in lines.items():
        print(f"{name:30s}" + "".join(f"{value(tally):8.1f}" for tally in tallies.values()))


def _verdict(tallies: dict[str, Tally]) -> None:
    best = max(SINGLES, key=lambda each: tallies[each].reads)
    for each in OURS:
        gain = tallies[each].reads / max(tallies[best].reads, 1)
        slower = median(tallies[each].hit_ms) / median(tallies[best].hit_ms)
        print(
            f"{each}: {gain:.2f} times the reads of {best} (wanted: {LEAST_GAIN}), "
            f"{slower:.2f} times its median time on hits (at most: {MOST_TIME})"
        )
    over = sum(ms > BUDGET_MS for ms in tallies["frame"].all_ms)
    print(f"live frames over the budget of {BUDGET_MS:g} ms: {over}")


def _memory(reader: CodeReader, frames: int) -> None:
    pictures = [shot.image for shot in shots(BHYT, GRID["all of it"], 5, SEED)]
    pictures += [np.full_like(pictures[0], 128)]
    for picture in pictures:
        reader.read_frame(picture)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(frames):
        reader.read_frame(pictures[number % len(pictures)])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"\nmemory grown over {frames} frames: {grown:.1f} MB")

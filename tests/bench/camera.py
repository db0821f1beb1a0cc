"""The camera: frames delivered, what a look costs while a preview is encoded, and memory over time."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TypeVar

import cv2
import numpy as np

from hardware.camera import OpencvCamera
from hardware.protocols import Image, Subject
from hardware.settings import CameraSettings

SIZES = ((1920, 1080), (2592, 1944), (3840, 2160))
SEEN = Subject.BIRTH_CERTIFICATE


def run(full: bool) -> None:
    """Print one row for each sensor size; the baseline is the bare `VideoCapture` on the same folder."""
    seconds = 10.0 if full else 2.0
    cv2.setNumThreads(1)
    print("frame        bare read   asked   delivered   look ms   preview ms   still ms   CPU     grown MB")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _lay(Path(folder), size)
            _row(Path(folder), size, seconds)
    print("look: newest(), median; preview: 960x540 JPEG of it; CPU: of one core, preview at the rate asked")


def _row(folder: Path, size: tuple[int, int], seconds: float) -> None:
    bare_ms = _bare_read_ms(folder)
    fps = 15
    settings = CameraSettings(f"folder:{folder}", f"folder:{folder}", *size, fps)
    with closing(OpencvCamera(settings)) as camera:
        camera.still(SEEN)
        memory, cpu, began = _megabytes(), time.process_time(), time.monotonic()
        looks, encodes, numbers = [], [], set()
        while time.monotonic() - began < seconds:
            look_ms, frame = _timed(lambda: camera.newest(SEEN))
            looks.append(look_ms)
            if frame.number not in numbers:
                numbers.add(frame.number)
                encodes.append(_timed(lambda image=frame.image: _preview(image))[0])
            time.sleep(0.005)
        wall = time.monotonic() - began
        share = (time.process_time() - cpu) / wall
        still_ms, _ = _timed(lambda: camera.still(SEEN))
        grown = _megabytes() - memory
    rate = len(numbers) / wall
    print(f"{size[0]}x{size[1]:<6} {bare_ms:7.1f} ms  {fps:3} fps   {rate:5.1f} fps", end="")
    print(f"  {median(looks):8.3f}   {median(encodes):8.1f}   {still_ms:9.0f}  {share:5.0%}  {grown:9.1f}")


Result = TypeVar("Result")


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


def _preview(image: Image) -> bytes:
    small = cv2.resize(image, (960, 540), interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


def _bare_read_ms(folder: Path) -> float:
    capture = cv2.VideoCapture(str(folder / "%03d.jpg"), cv2.CAP_IMAGES)
    times = [_timed(capture.read)[0] for _ in range(8)]
    capture.release()
    return median(times)


def _lay(folder: Path, size: tuple[int, int]) -> None:
    """A page-like picture under sensor noise: neither flattering nor unfair to the decoder."""
    rng = np.random.default_rng(1)
    page = np.full((size[1], size[0], 3), 50, np.uint8)
    page[size[1] // 30 : -size[1] // 30, size[0] // 3 : -size[0] // 3] = 225
    for y in range(size[1] // 8, size[1] * 7 // 8, size[1] // 36):
        cv2.putText(
            page,
            "Ngay, thang, nam sinh: 05/09/2021",
            (size[0] * 3 // 8, y),
            0,
            size[1] / 2000,
            (60, 40, 40),
            2,
        )
    for number in range(8):
        noise = rng.normal(0, 3, page.shape).astype(np.int16)
        cv2.imwrite(
            str(folder / f"{number:03d}.jpg"), np.clip(page + noise, 0, 255), [cv2.IMWRITE_JPEG_QUALITY, 85]
        )


def _megabytes() -> float:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6

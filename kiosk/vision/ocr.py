"""Reads a flattened paper with tesseract: through pipes, so that nothing a paper says ever touches a disk."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from dataclasses import dataclass
from shutil import which

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.vision.edges import reduced
from kiosk.vision.ink import darkness, inside, paper_level

_LONG_SIDE_PX = 1400  # A4 at 4.7 px per mm: reads as well as twice that, in a third of the time
_OPTIONS = ("--psm", "4", "--oem", "1", "-c", "thresholding_method=0", "tsv")
_SURE = 0.7
MOST_READING_SECONDS = 10.0
"""In the background, where nobody waits."""


class CannotRead(Exception):
    """Tesseract is missing, failed or took too long; says which, and nothing of the paper."""


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """One word. Units: `box` is left, top, width, height in px of the sheet that was read."""

    text: str
    confidence: float
    line: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What was read, and how surely.

    Units: `confidence` mean over letters, `read_share` of the ink that lies in sure words; parts of 1.
    """

    words: tuple[Word, ...]
    confidence: float
    read_share: float

    @property
    def lines(self) -> tuple[str, ...]:
        """The words put together again, line by line."""
        numbers = sorted({word.line for word in self.words})
        return tuple(" ".join(w.text for w in self.words if w.line == number) for number in numbers)


def read_sheet(sheet: Image, seconds: float = MOST_READING_SECONDS) -> Reading:
    """Read an upright flattened sheet in Vietnamese.

    Source: light divided out, then Otsu: 0.70 of the letters of 20 hard pages against 0.53 with
            Sauvola's local threshold, which takes security prints for ink; grain smoothed by need.
    Errors: CannotRead.
    """
    grey = sheet if sheet.ndim == 2 else cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    clean = _cleaned(_sized(grey))
    words = _parse(_tesseract(clean, seconds))
    letters = np.array([len(word.text) for word in words], np.float64)
    sure = np.array([word.confidence for word in words], np.float64)
    confidence = float((letters * sure).sum() / letters.sum()) if len(words) else 0.0
    return Reading(words, confidence, _read_share(clean, words))


def _sized(grey: Image) -> Image:
    scale = _LONG_SIDE_PX / max(grey.shape)
    if scale <= 1:
        return reduced(grey, scale)
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def _cleaned(grey: Image) -> Image:
    """Even out the light and smooth as much grain as there is."""
    flat = _evened(grey)
    grain = _grain(flat)
    if grain < 3:
        return flat
    return _evened(cv2.GaussianBlur(grey, (0, 0), 0.8 if grain < 12 else 1.2).astype(np.uint8))


def _evened(grey: Image) -> Image:
    level = np.maximum(paper_level(grey), 1)
    return cv2.divide(grey, level, scale=235).astype(np.uint8)


def _grain(flat: Image) -> float:
    return 1.4826 * float(np.median(np.abs(cv2.Laplacian(flat, cv2.CV_32F)))) / float(np.sqrt(20))


def _tesseract(grey: Image, seconds: float) -> str:
    program = which("tesseract")
    if program is None:
        raise CannotRead("tesseract is not installed")
    picture = b"P5\n%d %d\n255\n" % grey.shape[::-1] + grey.tobytes()
    alone = dict(os.environ, OMP_THREAD_LIMIT="1")  # its threads wait for each other more than they work
    try:
        done = subprocess.run(  # noqa: S603 - no shell, every argument is ours
            [program, "stdin", "stdout", "-l", "vie", *_OPTIONS],
            input=picture,
            capture_output=True,
            timeout=seconds,
            env=alone,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotRead(f"tesseract took more than {seconds:.0f} s") from None
    except OSError as why:
        raise CannotRead(f"tesseract did not start: {why.strerror}") from None
    if done.returncode:
        raise CannotRead(f"tesseract ended with {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def _parse(table: str) -> tuple[Word, ...]:
    """Read tesseract's table: six numbers of place, level first, four of the box, confidence, text."""
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            line = lines.setdefault(tuple(cells[1:5]), len(lines))
            left, top, width, height = (int(cell) for cell in cells[6:10])
            text = unicodedata.normalize("NFC", cells[11].strip())
            words.append(Word(text, float(cells[10]) / 100, line, (left, top, width, height)))
    return tuple(words)


def _read_share(clean: Image, words: tuple[Word, ...]) -> float:
    """How much of the ink lies in words that were read surely; frames and rules are no ink here."""
    ink = inside(darkness(cv2.medianBlur(clean, 3).astype(np.uint8), np.full_like(clean, 235)))
    inked = (ink > 32).astype(np.uint8)
    for rule in (np.ones((1, 80), np.uint8), np.ones((80, 1), np.uint8)):
        ruled = cv2.morphologyEx(inked, cv2.MORPH_OPEN, rule)
        inked[cv2.dilate(ruled, np.ones((5, 5), np.uint8)) > 0] = 0
    read = np.zeros(clean.shape, np.uint8)
    for word in words:
        left, top, width, height = word.box
        if word.confidence >= _SURE and height < 0.1 * clean.shape[0]:
            read[max(0, top - 2) : top + height + 2, max(0, left - 2) : left + width + 2] = 1
    covered = inside(read.astype(np.float32)) > 0
    return float(inked[covered].sum()) / max(1.0, float(inked.sum()))

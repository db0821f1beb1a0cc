"""Recorded sources, played in a loop: a folder of numbered pictures (the twin) and a film."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import cast

import cv2
import numpy as np

from hardware.protocols import DeviceError, Image, Subject, Trouble

log = logging.getLogger(__name__)

PICTURE = re.compile(r"([0-9]{1,6})\.(jpg|jpeg|png)")
FILM_FPS = 15.0  # for a film that does not say; as kiosk.toml's default


class Film:
    """A video file, over and over."""

    must_change = False  # a picture on paper may stand still

    def __init__(self, device: str, path: Path) -> None:
        """Open the file.

        Errors: DeviceError: absent, or not a film.
        """
        if not path.is_file():
            raise DeviceError(device, Trouble.ABSENT)
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise DeviceError(device, Trouble.WRONG_FORMAT)
        self.pace_seconds = 1 / (self._capture.get(cv2.CAP_PROP_FPS) or FILM_FPS)
        self.granted = f"a film at {1 / self.pace_seconds:.0f} fps"

    def aim(self, subject: Subject) -> None:
        """A film shows what it shows."""

    def read(self) -> Image | None:
        """Return the next frame, the first after the last; None when the film is empty."""
        good, image = self._capture.read()
        if not good:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            good, image = self._capture.read()
        return cast(Image, image) if good else None

    def rest(self) -> bool:
        """Nobody watches: the film stands still."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._capture.release()


class Folder:
    """Pictures 000.jpg, 001.jpg, … in a loop; a subfolder named as a subject is shown for that subject.

    OpenCV's reader of picture sequences stops at a gap, stays for ever at an unreadable file and keeps no
    time, so the folder is looked at first, and unreadable pictures are stepped over.
    """

    must_change = False

    def __init__(self, device: str, root: Path, fps: int) -> None:
        """Look at the folder; `aim` opens it.

        Errors: DeviceError, absent.
        """
        if not root.is_dir():
            raise DeviceError(device, Trouble.ABSENT)
        self._device, self._root = device, root
        self._row: _Row | None = None
        self.pace_seconds = 1 / fps
        self.granted = f"a folder of pictures at {fps} fps"

    def aim(self, subject: Subject) -> None:
        """Start the subject's own loop from its first picture, or the folder's where it has none.

        Errors: DeviceError: absent (no pictures), wrong-format (not numbered without a gap).
        """
        self.close()
        own = self._root / subject.value
        self._subject, self._row = subject, _Row(self._device, own if own.is_dir() else self._root)

    def read(self) -> Image | None:
        """Return the next picture. After the last comes the first, of the folder as it is by then.

        Errors: DeviceError, as `aim`; wrong-format as well when not one picture can be read.
        """
        if self._row is None:
            return None
        if self._row.ended() and not self._row.still_there():
            self.aim(self._subject)
        if (image := self._row.read()) is None:
            raise DeviceError(self._device, Trouble.WRONG_FORMAT)
        return image

    def rest(self) -> bool:
        """Nobody watches: the loop stands still."""
        return True

    def close(self) -> None:
        """Close the folder."""
        if self._row is not None:
            self._row.close()
        self._row = None


class _Row:
    """One folder, opened as a sequence."""

    def __init__(self, device: str, folder: Path) -> None:
        self._folder = folder
        try:
            self._handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as why:
            raise DeviceError(device, Trouble.ABSENT) from why
        try:
            self._changed_ns = os.fstat(self._handle).st_mtime_ns
            self._length = self._open(device)
        except DeviceError:
            os.close(self._handle)
            raise

    def _open(self, device: str) -> int:
        # Through the handle, because OpenCV would take a "%" in the folder's own name for a number.
        here = Path(f"/proc/self/fd/{self._handle}")
        pattern, count = _pattern_of(device, [each.name for each in here.iterdir()])
        self._capture = cv2.VideoCapture(str(here / pattern), cv2.CAP_IMAGES)
        length = int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT))
        if length != count:
            log.warning("%s: picture %d of %d is none that OpenCV can read", device, length + 1, count)
            raise DeviceError(device, Trouble.WRONG_FORMAT)
        return length

    def ended(self) -> bool:
        return self._capture.get(cv2.CAP_PROP_POS_FRAMES) >= self._length

    def still_there(self) -> bool:
        """Whether the folder of that name is still this one, with the same files."""
        try:
            now, mine = self._folder.stat(), os.fstat(self._handle)
        except OSError:
            return False
        return (now.st_ino, now.st_mtime_ns) == (mine.st_ino, self._changed_ns)

    def read(self) -> Image | None:
        """Return the next readable picture; None when a whole lap has none."""
        for _ in range(self._length):
            if self.ended():
                self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            at = self._capture.get(cv2.CAP_PROP_POS_FRAMES)
            good, image = self._capture.read()
            if good and image.dtype == np.uint8:
                return _as_bgr(cast(Image, image))
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, at + 1)  # an unreadable one would block it for good
        return None

    def close(self) -> None:
        self._capture.release()
        os.close(self._handle)


def _pattern_of(device: str, files: list[str]) -> tuple[str, int]:
    """Check that the pictures are numbered from 0 or 1 without a gap; return printf pattern and count."""
    names = [match for each in files if (match := PICTURE.fullmatch(each))]
    if not names:
        log.warning("%s: no picture named 000.jpg, 001.jpg, … in the folder", device)
        raise DeviceError(device, Trouble.ABSENT)
    numbers = sorted(int(match[1]) for match in names)
    shapes = {(len(match[1]), match[2]) for match in names}
    gap = next((n for n, have in enumerate(numbers, numbers[0]) if n != have), None)
    if gap is not None or numbers[0] > 1 or len(shapes) > 1:
        missing = f"number {gap} is missing" if gap is not None else "they must start at 000 and look alike"
        log.warning("%s: the pictures are not numbered in one row: %s", device, missing)
        raise DeviceError(device, Trouble.WRONG_FORMAT)
    ((digits, suffix),) = shapes
    return f"%0{digits}d.{suffix}", len(numbers)


def _as_bgr(image: Image) -> Image:
    """OpenCV hands pictures out as they are stored: grey, or with an alpha channel."""
    codes = {1: cv2.COLOR_GRAY2BGR, 3: None, 4: cv2.COLOR_BGRA2BGR}
    code = codes[image.shape[2] if image.ndim == 3 else 1]
    return image if code is None else cast(Image, cv2.cvtColor(image, code))

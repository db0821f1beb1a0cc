"""A camera on the bus to plug, take, stall and unplug: video_device.c before a real process."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np

from hardware.protocols import Image
from tests.conftest import ROOT

_SOURCE = Path(__file__).with_name("video_device.c")


class VideoDevice:
    """The camera. Shape: `address` as in kiosk.toml; `environment` is what its user must run under."""

    def __init__(self, scratch: Path, picture: Image) -> None:
        # Only what is under /dev is opened as a device.
        self._folder = Path(tempfile.mkdtemp(prefix="video-", dir="/dev/shm"))
        self._node, self._away = self._folder / "camera", self._folder / "away"
        self.shows(picture)
        height, width = picture.shape[:2]
        library = scratch / "video_device.so"
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, _SOURCE, "-ldl"], check=True)
        self.address = str(self._node)
        self.environment = {
            "LD_PRELOAD": str(library),
            "VIDEO_DEVICE": self.address,
            "VIDEO_SIZE": f"{width}x{height}",
        }
        self.is_now("ok")

    def shows(self, picture: Image) -> None:
        """Change what is before it; a camera never gives the same frame twice."""
        for number in (0, 1):
            noise = np.random.default_rng(number).normal(0, 3, picture.shape)
            frame = np.clip(picture + noise, 0, 255).astype(np.uint8)
            half = f"{self._folder}/half.jpg"
            cv2.imwrite(half, frame)
            os.replace(half, f"{self._node}.{number}.jpg")  # noqa: PTH105 - names, not paths

    def is_now(self, how: str) -> None:
        """Change its mood: "ok", "stalled", "metadata" or "raw", see video_device.c."""
        self._node.write_text(how)

    def unplug(self) -> None:
        self._node.rename(self._away)

    def plug(self) -> None:
        self._away.rename(self._node)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Another program has it; also while it is not plugged in here yet."""
        with (self._away if self._away.exists() else self._node).open() as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            yield

    def throw_away(self) -> None:
        shutil.rmtree(self._folder)

    def start(self, command: list[str]) -> subprocess.Popen[str]:
        """Start a program that sees this camera; its output is a pipe."""
        environment = os.environ | self.environment
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

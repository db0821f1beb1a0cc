"""The camera on the bus: the real driver and OpenCV's V4L2, over a device that answers as the kernel does."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.hardware.video_device import VideoDevice
from tests.photos import good_certificate

SOON_SECONDS = 3
SEEN = "1600x1200 as 1600x1200 MJPG 20 fps"


class Watcher:
    """A process that owns the camera, and what it says of it."""

    def __init__(self, device: VideoDevice) -> None:
        self.process = device.start([sys.executable, "-m", "tests.hardware.watch_camera", device.address])

    def says(self) -> str:
        """What it sees next."""
        return self._says()[1]

    def says_soon(self, what: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
        """It names a fault in time, and sees again when that is over; once more if the machine was busy."""
        took = []
        while not took or (took[-1] >= SOON_SECONDS and len(took) < 2):
            begin()
            since = time.monotonic()
            at, seen = self._says()
            assert seen == what
            took.append(at - since)
            end()
            assert self.says() == SEEN
        assert min(took) < SOON_SECONDS, f"{what} after {took} s"

    def _says(self) -> tuple[float, str]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "it ended and saw nothing new"
        at, what = line.strip().split(" ", 1)
        return float(at), what


@pytest.fixture
def device(tmp_path: Path) -> Iterator[VideoDevice]:
    made = VideoDevice(tmp_path, good_certificate())
    yield made
    made.throw_away()


@contextmanager
def watching(device: VideoDevice) -> Iterator[Watcher]:
    watcher = Watcher(device)
    try:
        yield watcher
    finally:
        watcher.process.kill()
        watcher.process.communicate()


def test_an_unplugged_camera_is_absent_and_seen_again_when_it_is_back(device):
    with watching(device) as watcher:
        assert watcher.says() == SEEN
        watcher.says_soon("absent", device.unplug, device.plug)


def test_a_camera_without_frames_is_stalled_and_opened_again(device):
    with watching(device) as watcher:
        assert watcher.says() == SEEN
        watcher.says_soon("stalled", partial(device.is_now, "stalled"), partial(device.is_now, "ok"))


def test_a_camera_that_another_program_has_is_busy_until_it_is_free(device):
    with watching(device) as watcher, ExitStack() as other:
        assert watcher.says() == SEEN

        def come_back_taken() -> None:
            device.unplug()
            assert watcher.says() == "absent"
            other.enter_context(device.taken())
            device.plug()

        watcher.says_soon("busy", come_back_taken, other.close)


@pytest.mark.parametrize("mood", ["metadata", "raw"])
def test_what_gives_no_pictures_has_a_wrong_format(device, mood):
    device.is_now(mood)
    with watching(device) as watcher:
        assert watcher.says() == "wrong-format"
        device.is_now("ok")
        assert watcher.says() == SEEN

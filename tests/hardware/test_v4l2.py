"""The camera on the bus: the real driver and OpenCV's V4L2, over a device that answers as the kernel does."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hardware.video_device import VideoDevice
from tests.photos import good_certificate

SOON_SECONDS = 15  # three where nothing else is going on
SEEN = "1600x1200 as 1600x1200 MJPG 20 fps"


class Watcher:
    """A process that owns the camera, and what it says of it."""

    def __init__(self, device: VideoDevice) -> None:
        self.process = device.start([sys.executable, "-m", "tests.hardware.watch_camera", device.address])

    def says(self, since: float | None = None) -> str:
        """What it sees next; soon after the moment `since`, if that is given."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "it ended and saw nothing new"
        at, what = line.strip().split(" ", 1)
        assert since is None or float(at) - since < SOON_SECONDS, f"{what} after {float(at) - since:.1f} s"
        return what


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
        since = time.monotonic()
        device.unplug()
        assert watcher.says(since) == "absent"
        device.plug()
        assert watcher.says() == SEEN


def test_a_camera_without_frames_is_stalled_and_opened_again(device):
    with watching(device) as watcher:
        assert watcher.says() == SEEN
        since = time.monotonic()
        device.is_now("stalled")
        assert watcher.says(since) == "stalled"
        device.is_now("ok")
        assert watcher.says() == SEEN


def test_a_camera_that_another_program_has_is_busy_until_it_is_free(device):
    with watching(device) as watcher:
        assert watcher.says() == SEEN
        device.unplug()
        assert watcher.says() == "absent"
        with device.taken():
            since = time.monotonic()
            device.plug()
            assert watcher.says(since) == "busy"
        assert watcher.says() == SEEN


@pytest.mark.parametrize("mood", ["metadata", "raw"])
def test_what_gives_no_pictures_has_a_wrong_format(device, mood):
    device.is_now(mood)
    with watching(device) as watcher:
        assert watcher.says() == "wrong-format"
        device.is_now("ok")
        assert watcher.says() == SEEN

"""The lookout on a real camera twin: what it says while a device goes away and comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from hardware.camera import OpencvCamera
from hardware.protocols import Subject
from hardware.settings import CameraSettings
from kiosk import config
from kiosk.domain.procedures import CaptureKind
from kiosk.lookout import GRACE_SECONDS, Lookout
from kiosk.vision.faces import open_finder
from tests.conftest import ROOT
from tests.photos import good_certificate, lay

PAPER = CaptureKind.BIRTH_CERTIFICATE


def within(seconds: float, holds: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it did not happen"
        time.sleep(0.05)
    return time.monotonic() - began


def test_an_unplugged_camera_is_said_and_comes_back_without_a_restart(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    lay(desk / Subject.BIRTH_CERTIFICATE, good_certificate())
    settings = CameraSettings(f"folder:{desk}", f"folder:{desk}", 1600, 1200, 15)
    limits = config.load(ROOT / "kiosk.toml").photo
    with closing(OpencvCamera(settings)) as camera:
        camera.aim(Subject.BIRTH_CERTIFICATE)
        with closing(Lookout(camera, time.monotonic, limits, open_finder())) as lookout:
            lookout.begin(PAPER)
            began = time.monotonic()
            within(20, lambda: lookout.glance(PAPER).ready)
            assert time.monotonic() - began >= GRACE_SECONDS, "the heading can be read first"
            assert lookout.glance_at(Subject.BIRTH_CERTIFICATE) is not None
            assert lookout.glance_at(Subject.PORTRAIT) is None, "nobody photographs a face"
            desk.rename(tmp_path / "away")
            within(3, lambda: lookout.glance(PAPER).trouble is not None)
            assert not lookout.glance(PAPER).ready
            (tmp_path / "away").rename(desk)
            within(20, lambda: lookout.glance(PAPER).ready)

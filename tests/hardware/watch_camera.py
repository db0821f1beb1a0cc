"""A process that owns a camera: `python -m tests.hardware.watch_camera ADDRESS` prints what it sees."""

from __future__ import annotations

import sys
import time
from contextlib import closing

from hardware.camera import OpencvCamera
from hardware.protocols import DeviceError, Subject
from hardware.settings import CameraSettings

LIFETIME_SECONDS = 120


def main(address: str) -> None:
    """Print "SECONDS what" whenever `what` changes: a size, or a trouble. Seconds are monotonic."""
    until, before = time.monotonic() + LIFETIME_SECONDS, ""
    with closing(OpencvCamera(CameraSettings(address, address, 1920, 1080, 20))) as camera:
        while time.monotonic() < until:
            try:
                height, width = camera.newest(Subject.CITIZEN_CARD).image.shape[:2]
                seen = f"{width}x{height} as {camera.granted(Subject.CITIZEN_CARD)}"
            except DeviceError as why:
                seen = why.trouble.value
            if seen != before:
                print(time.monotonic(), seen, flush=True)
                before = seen
            time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1])

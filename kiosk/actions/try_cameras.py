"""Try the two cameras of a station: what each was asked for, what it granted, what arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hardware.protocols import Camera, DeviceError, Subject
from hardware.settings import CameraSettings
from kiosk.health.frames import frame_rate

ROLES = {"document": Subject.BIRTH_CERTIFICATE, "portrait": Subject.PORTRAIT}


@dataclass(frozen=True, slots=True)
class Tried:
    """What one role's camera gave. Shape: `granted` is the device's word; `still`, `fps` were measured."""

    role: str
    address: str
    asked: str
    granted: str
    still: str = ""
    fps: float = 0.0
    trouble: str = ""


def try_cameras(
    camera: Camera,
    settings: CameraSettings,
    seconds: float,
    tick: Callable[[], float],
    pause: Callable[[float], None],
    *,
    aim: bool,
) -> list[Tried]:
    """Take a still with each and count frames for so many seconds; `aim` only where no visitor is."""
    asked = f"{settings.width}x{settings.height} at {settings.fps} fps"
    tried = []
    for role, subject in ROLES.items():
        address: str = getattr(settings, role)
        try:
            if aim:
                camera.aim(subject)
            height, width = camera.still(subject).image.shape[:2]
            fps = frame_rate(camera, subject, seconds, tick, pause)
        except DeviceError as why:
            tried.append(Tried(role, address, asked, camera.granted(subject), trouble=why.trouble.value))
        else:
            tried.append(Tried(role, address, asked, camera.granted(subject), f"{width}x{height}", fps))
    return tried

"""The camera: OpenCV's VideoCapture, one thread for each device that keeps the newest frame."""

from __future__ import annotations

import time

import cv2

from hardware.eye import Eye
from hardware.protocols import Frame, Image, Subject
from hardware.settings import CameraSettings

STILL_FRAMES = 4  # of 3 to 5: the fourth adds sharpness to a trembling hand, a fifth only waiting
STILL_SECONDS = 2.0


class OpencvCamera:
    """Sees through one or two devices: one for documents, one for faces, or one for both.

    Nothing is opened before the first call, so it may be built before a fork. Any thread may call.
    """

    def __init__(self, settings: CameraSettings) -> None:
        self._settings = settings
        roles = {settings.portrait: "portrait camera", settings.document: "document camera"}
        if settings.document == settings.portrait:
            roles = {settings.document: "camera"}
        self._eyes = {address: Eye(role, address, settings) for address, role in roles.items()}

    def aim(self, subject: Subject) -> None:
        """Say what will be shown next; frames from before are not handed out any more."""
        self._eye(subject).aim(subject)

    def newest(self, subject: Subject) -> Frame:
        """Return the newest frame at the device's own size; read-only, and nobody writes to it later.

        Waits at most three seconds, and only for the first frame of a device.
        Errors: DeviceError, when there is no device or no frame younger than two and a half seconds.
        """
        return self._eye(subject).newest(subject)

    def still(self, subject: Subject) -> Frame:
        """Return the sharpest of several frames taken after this call, at full size.

        Errors: DeviceError.
        """
        eye = self._eye(subject)
        pressed_at = time.monotonic()
        frame = eye.newest(subject, after=pressed_at)
        best, sharpest = frame, _sharpness(frame.image)
        for _ in range(STILL_FRAMES - 1):
            if time.monotonic() - pressed_at > STILL_SECONDS:
                break  # a slow camera: one fresh frame is better than none
            frame = eye.newest(subject, after=frame.taken_at)
            if (sharpness := _sharpness(frame.image)) > sharpest:
                best, sharpest = frame, sharpness
        return best

    def granted(self, subject: Subject) -> str:
        """Say in words what the device agreed to; empty before its first frame."""
        return self._eye(subject).granted

    def close(self) -> None:
        """Give the devices back, within a second unless one hangs. Safe to call twice."""
        for eye in self._eyes.values():
            eye.close()

    def _eye(self, subject: Subject) -> Eye:
        faces = subject is Subject.PORTRAIT
        return self._eyes[self._settings.portrait if faces else self._settings.document]


def _sharpness(image: Image) -> float:
    """Compare frames of one scene only. Units: variance of the Laplacian, grey levels squared."""
    height, width = image.shape[:2]
    middle = image[height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
    grey = middle if middle.ndim == 2 else cv2.cvtColor(middle, cv2.COLOR_BGR2GRAY)
    return float(cv2.Laplacian(grey, cv2.CV_16S).var())

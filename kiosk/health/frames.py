"""How many pictures a second arrive: what a camera granted says nothing of a bad cable or a dark room."""

from __future__ import annotations

from collections.abc import Callable

from hardware.protocols import Camera, Subject

PAUSE_SECONDS = 0.004
"""Between two looks for a newer frame."""


def frame_rate(
    camera: Camera,
    subject: Subject,
    seconds: float,
    tick: Callable[[], float],
    pause: Callable[[float], None],
) -> float:
    """Count the frames that arrive in so many seconds. Units: frames a second.

    Errors: DeviceError.
    """
    began, numbers = tick(), set()
    while tick() - began < seconds:
        numbers.add(camera.newest(subject).number)
        pause(PAUSE_SECONDS)
    return round((len(numbers) - 1) / (tick() - began), 1)

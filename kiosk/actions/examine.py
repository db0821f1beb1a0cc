"""Examine a station: every part, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from hardware.devices import Devices
from hardware.protocols import Camera, Subject
from kiosk.adjustments import Adjustments
from kiosk.checkout import FONTS
from kiosk.health.clock import examine_clock
from kiosk.health.devices import CAMERAS, Scanner, examine_camera, examine_printer, examine_scanners
from kiosk.health.disk import examine_disk
from kiosk.health.finding import Finding, Part
from kiosk.health.frames import frame_rate
from kiosk.health.guard import looked_at
from kiosk.health.machine import examine_board, examine_browser, examine_fonts, examine_memory
from kiosk.health.records import examine_database, examine_keys
from kiosk.health.settings import examine_settings
from kiosk.station import Station

COUNTING_SECONDS = 1.0
"""For each camera's frames: somebody waits for the lamps."""


def examine(
    adjustments: Adjustments,
    devices: Devices,
    scanners: Iterable[Scanner],
    now: Callable[[], datetime],
    tick: Callable[[], float],
    pause: Callable[[float], None],
) -> list[Finding]:
    """Look at every part of the station, in the order in which an officer looks at them.

    Takes a few seconds: cameras and central are really asked.
    """
    from kiosk.health.central import examine_central  # noqa: PLC0415 - the postman's tools; no page needs them

    config = adjustments.current()
    data_dir = config.station.data_dir

    def count(camera: Camera, subject: Subject) -> float:
        return frame_rate(camera, subject, COUNTING_SECONDS, tick, pause)

    looks: list[tuple[Part, Callable[[], Finding | Iterable[Finding]]]] = [
        *(
            (Part.CAMERA, partial(examine_camera, devices.camera, subject, config.camera.fps, count))
            for subject in CAMERAS
        ),
        (Part.SCANNER, lambda: examine_scanners(scanners)),
        (Part.PRINTER, lambda: examine_printer(devices.printer)),
        (Part.DISK, lambda: examine_disk(data_dir, config.disk.floor_mb)),
        (Part.DATABASE, lambda: examine_database(data_dir)),
        (Part.KEYS, lambda: examine_keys(data_dir, config.central.keys_warn_days, now())),
        (Part.CLOCK, lambda: examine_clock(now(), verified=config.station.clock_verified)),
        (Part.CENTRAL, lambda: examine_central(config, now)),
        (Part.SETTINGS, lambda: examine_settings(adjustments)),
        (Part.MEMORY, examine_memory),
        (Part.FONTS, lambda: examine_fonts(FONTS)),
        (Part.BROWSER, examine_browser),
        (Part.BOARD, examine_board),
    ]
    found = [each for part, look in looks for each in looked_at(part, look)]
    order = list(Part)
    return sorted(found, key=lambda each: order.index(each.part))


def examine_station(station: Station) -> list[Finding]:
    """The same of a station at work."""
    return examine(
        station.adjustments, station.devices, station.scanners, station.now, station.tick, station.pause
    )

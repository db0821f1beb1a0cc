"""Examine a station: every part, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from hardware.devices import Devices
from kiosk.adjustments import Adjustments
from kiosk.checkout import FONTS
from kiosk.health.clock import examine_clock
from kiosk.health.devices import Scanner, examine_devices
from kiosk.health.disk import examine_disk
from kiosk.health.finding import Finding, Part
from kiosk.health.machine import examine_board, examine_browser, examine_fonts, examine_memory
from kiosk.health.records import examine_database, examine_keys
from kiosk.health.settings import examine_settings


def examine(
    adjustments: Adjustments,
    devices: Devices,
    scanners: Iterable[Scanner],
    now: Callable[[], datetime],
) -> list[Finding]:
    """Look at every part of the station, in the order in which an officer looks at them.

    Takes a few seconds: cameras and central are really asked.
    """
    from kiosk.health.central import examine_central  # noqa: PLC0415 - the postman's tools; no page needs them

    config = adjustments.current()
    data_dir = config.station.data_dir
    found = [
        *examine_devices(devices, scanners),
        examine_disk(data_dir, config.disk.floor_mb),
        examine_database(data_dir),
        examine_keys(data_dir, config.central.keys_warn_days, now()),
        examine_clock(now(), verified=config.station.clock_verified),
        examine_central(config, now),
        *examine_settings(adjustments),
        examine_memory(),
        examine_fonts(FONTS),
        examine_browser(),
        *examine_board(),
    ]
    order = list(Part)
    return sorted(found, key=lambda each: order.index(each.part))

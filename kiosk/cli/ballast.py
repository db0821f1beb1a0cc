"""The ballast of this station, as kiosk.toml has it."""

from __future__ import annotations

from kiosk.ballast import MEGABYTE, Ballast
from kiosk.config import Config


def ballast_of(config: Config) -> Ballast:
    """Build it; nothing is laid yet."""
    disk = config.disk
    return Ballast(config.station.data_dir / "ballast", disk.ballast_mb * MEGABYTE, disk.floor_mb * MEGABYTE)

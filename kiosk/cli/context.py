"""What every command starts from: the settings, the clock, and how a failure ends."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from kiosk import config
from kiosk.adjustments import Adjustments
from kiosk.config import BadConfig, Config


@dataclass(frozen=True, slots=True)
class Context:
    """The global options of the command line."""

    config_path: Path
    data: Path | None

    def written(self) -> Config:
        """The settings as kiosk.toml has them; a wrong one ends the command with exit code 2."""
        try:
            loaded = config.load(self.config_path)
        except BadConfig as why:
            fail(str(why), code=2)
        return under(loaded, self.data.resolve()) if self.data else loaded

    def load(self) -> Config:
        """The same settings with what was changed at the screen."""
        return self.adjustments().current()

    def adjustments(self) -> Adjustments:
        """The settings, and what was changed at the screen over them."""
        return Adjustments(self.written())


def under(settings: Config, data: Path) -> Config:
    """The same station with everything it keeps, and its twins, in another folder."""
    camera, printer = settings.camera, settings.printer
    if camera.document.startswith("folder:"):
        camera = replace(camera, document=f"folder:{data / 'desk'}", portrait=f"folder:{data / 'desk'}")
    if printer.driver == "sim":
        printer = replace(printer, address=str(data / "slips"))
    pages = settings.page_printer
    if pages.driver == "sim":
        pages = replace(pages, address=str(data / "pages"))
    stick = settings.stick
    if stick.source.startswith("folder:"):
        stick = replace(stick, source=f"folder:{data / 'usb'}")
    return replace(
        settings,
        page_printer=pages,
        stick=stick,
        station=replace(settings.station, data_dir=data / "station"),
        camera=camera,
        printer=printer,
    )


def now() -> datetime:
    """The wall clock, UTC. Everything below the command line gets it as an argument."""
    return datetime.now(UTC)


def tick() -> float:
    """Seconds on the monotonic clock, for intervals."""
    return time.monotonic()


def fail(sentence: str, *, code: int = 1) -> NoReturn:
    """End the command with a sentence on stderr."""
    click.echo(f"kiosk: {sentence}", err=True)
    raise SystemExit(code)

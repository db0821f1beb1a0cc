"""`kiosk sync`: the postman."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from kiosk.actions.mend import mend, what_is_wrong
from kiosk.cli.chores import chores_of, take_agencies
from kiosk.cli.context import Context, fail, now
from kiosk.cli.counter import NobodyThere, ask_serve
from kiosk.cli.keeping import in_words
from kiosk.cli.memory import return_pictures
from kiosk.cli.serving import is_served
from kiosk.config import Config
from sync.gate import DatabaseInUse
from sync.heartbeat import DeviceStates
from sync.keyfiles import BadKeyFile
from sync.keys import KeysMissing
from sync.line import MAX_CONNECTIONS, BadAddress
from sync.logs import start_logging
from sync.pace import BadHours, Window
from sync.postman import PostmanBusy, PostmanSettings, drain_once, run_postman

DEVICES_SECONDS = 10.0
"""Two cameras that hang are given up after three seconds each, the printer after one."""


@click.command()
@click.option("--once", is_flag=True, help="One round, then end; exit code 1 when something still waits.")
@click.option("--central", "central_url", help="Instead of [central] url.")
@click.pass_obj
def sync(context: Context, once: bool, central_url: str | None) -> None:
    """Carry sealed declarations to central, for as long as it takes.

    Needs no network to start: it waits for one. Stops on Ctrl-C or SIGTERM.
    """
    config = context.load()
    start_logging()
    return_pictures()  # sealed ones: each of the uploading threads would keep its own
    settings = _settings(config, central_url)
    _mend(settings.station)
    try:
        if once:
            _once(settings)
        else:
            run_postman(settings, now, chores_of(config))
    except (KeysMissing, BadKeyFile, BadAddress, PostmanBusy) as why:
        fail(str(why))
    except sqlite3.DatabaseError as why:
        fail(f"{settings.station / 'station.db'} cannot be used: {why}")


def _settings(config: Config, central_url: str | None) -> PostmanSettings:
    central = config.central
    try:
        hours = tuple(Window.typed(each) for each in central.hours)
    except BadHours as why:
        fail(f"[central] {why}", code=2)
    if not 1 <= central.uploads <= MAX_CONNECTIONS:
        fail(f"[central] uploads must be 1 to {MAX_CONNECTIONS}, not {central.uploads}", code=2)
    return PostmanSettings(
        station=config.station.data_dir,
        central_url=central_url or central.url,
        every_seconds=central.poll_seconds,
        timeout_seconds=central.timeout_seconds,
        uploads=central.uploads,
        hours=hours,
        relay_url=central.relay_url,
        station_id=config.station.id,
        ask_devices=lambda: _devices(config.station.data_dir),
    )


def _devices(data_dir: Path) -> DeviceStates:
    """Ask the screen, which owns them; its answer is codes and nothing else."""
    try:
        return DeviceStates(**ask_serve(data_dir, "/control/devices", seconds=DEVICES_SECONDS))
    except (NobodyThere, TypeError):
        return DeviceStates()


def _mend(data_dir: Path) -> None:
    """Put a damaged database right before it is opened, unless a screen is using it."""
    try:
        if not data_dir.is_dir() or not what_is_wrong(data_dir) or is_served(data_dir):
            return
        mended = mend(data_dir, at=now())
    except (OSError, sqlite3.OperationalError, BadKeyFile, DatabaseInUse) as why:
        fail(f"{data_dir} cannot be looked after: {why}")
    if mended:
        click.echo(f"kiosk: {in_words(mended)}", err=True)


def _once(settings: PostmanSettings) -> None:
    round_ = drain_once(settings, now)
    take_agencies(settings.station)
    click.echo(f"{round_.delivered} delivered, {round_.quarantined} put aside")
    if round_.trouble:
        fail(f"central was not reached ({round_.trouble}); the rest waits")

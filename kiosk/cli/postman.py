"""`kiosk sync`: the postman."""

from __future__ import annotations

import logging
import sqlite3
import sys

import click

from kiosk.cli.context import Context, fail, now
from kiosk.config import Config
from sync.keyfiles import BadKeyFile
from sync.keys import KeysMissing
from sync.line import MAX_CONNECTIONS, BadAddress
from sync.pace import BadHours, Window
from sync.postman import PostmanBusy, PostmanSettings, drain_once, run_postman


@click.command()
@click.option("--once", is_flag=True, help="One round, then end; exit code 1 when something still waits.")
@click.option("--central", "central_url", help="Instead of [central] url.")
@click.pass_obj
def sync(context: Context, once: bool, central_url: str | None) -> None:
    """Carry sealed declarations to central, for as long as it takes.

    Needs no network to start: it waits for one. Stops on Ctrl-C or SIGTERM.
    """
    config = context.load()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for noisy in ("httpx", "httpcore", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings = _settings(config, central_url)
    try:
        if once:
            _once(settings)
        else:
            run_postman(settings, now)
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
    )


def _once(settings: PostmanSettings) -> None:
    round_ = drain_once(settings, now)
    click.echo(f"{round_.delivered} delivered, {round_.quarantined} put aside")
    if round_.trouble:
        fail(f"central was not reached ({round_.trouble}); the rest waits")

"""`kiosk export` and `kiosk import`: a stick instead of a line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from hardware.printer import open_printer
from hardware.protocols import DeviceError
from kiosk.actions.compose_stick_slip import compose_stick_slip
from kiosk.checkout import FONTS
from kiosk.cli.chores import take_agencies
from kiosk.cli.context import Context, fail, now
from kiosk.config import Config
from sync import events, outbox
from sync.bundle import BadBundle
from sync.durable import open_db
from sync.gate import using
from sync.keyfiles import BadKeyFile
from sync.keys import KeysMissing, load_keys
from sync.parcels import Parcels
from sync.stick import Exported, Stick
from sync.stick_file import StickTrouble


@click.command()
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), required=True, help="The stick.")
@click.option("--all", "everything", is_flag=True, help="Also what an earlier stick carries already.")
@click.pass_obj
def export(context: Context, to: Path, *, everything: bool) -> None:
    """Write what waits to one file on a stick, for `central import`, and print a slip to go with it.

    Safe while the station runs. What is written still waits here until central's word comes back: over the
    line, or with the return file that `kiosk import` reads. A stick that is lost loses nothing.
    """
    config = context.load()
    with _stick(config) as stick:
        entries = stick.waiting(everything=everything)
        if not entries:
            click.echo("Nothing waits that is not on a stick already; --all writes it again.")
            return
        with click.progressbar(length=stick.size_of(entries), label="Writing") as bar:
            exported = stick.export(entries, to, bar.update)
    click.echo(f"{exported.path}: {exported.items} declarations, {exported.first} to {exported.last}")
    _print(config, exported)


@click.command(name="import")
@click.argument("file", metavar="RETURN", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def import_(context: Context, file: Path) -> None:
    """Apply the RETURN file that `central import` wrote: what has arrived is freed, decisions are shown.

    Safe to repeat, and safe while the station runs.
    """
    config = context.load()
    with _stick(config) as stick:
        brought = stick.bring_back(file)
        take_agencies(config.station.data_dir)
    click.echo(
        f"{brought.settled} received by central, {brought.put_aside} put aside, {brought.events} events"
    )


@contextmanager
def _stick(config: Config) -> Iterator[Stick]:
    data_dir = config.station.data_dir
    keys_folder, db_path = data_dir / "keys", data_dir / "station.db"
    if not db_path.exists():
        fail(f"no station has run here yet: {db_path} does not exist")
    try:
        with using(data_dir), open_db(db_path) as db:
            outbox.prepare(db)
            events.prepare(db)
            yield Stick(db, Parcels(data_dir), config.station.id, load_keys(keys_folder), keys_folder, now)
    except (StickTrouble, BadBundle, KeysMissing, BadKeyFile) as why:
        fail(str(why))
    except OSError as why:
        fail(f"{why.filename or 'file'}: {why.strerror}")
    except sqlite3.DatabaseError as why:
        fail(f"{db_path} cannot be used: {why}")


def _print(config: Config, exported: Exported) -> None:
    """The slip is a convenience: without paper the file on the stick is as good."""
    try:
        open_printer(config.printer, FONTS).print_slip(compose_stick_slip(config, exported, now()))
    except (DeviceError, ValueError) as why:
        click.echo(f"kiosk: the slip could not be printed ({why}); the stick is complete", err=True)

"""`kiosk backup`, `kiosk restore`, `kiosk verify`: the station's database and what lies beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kiosk.actions.back_up import BadBackup, SomebodyIsHere, back_up, prove
from kiosk.actions.inspect_store import inspect_store
from kiosk.actions.mend import Mended
from kiosk.actions.mend import restore as restore_database
from kiosk.cli.context import Context, fail, now
from kiosk.cli.serving import only_screen
from sync.gate import DatabaseInUse
from sync.keyfiles import BadKeyFile


@click.command()
@click.pass_obj
def backup(context: Context) -> None:
    """Copy the database now and prove the copy. `kiosk sync` does this every night by itself.

    What was changed at the screen is kept beside it; the sealed parts and manifests are files beside the
    database and not in the copy. Refused while somebody is at the screen.
    """
    config = context.load()
    with _told(_used(config.station.data_dir)):
        path = back_up(config.station.data_dir, kept=config.backup.kept, at=now())
    click.echo(f"{path}: whole")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def restore(context: Context, file: Path | None) -> None:
    """Go back to a backup: FILE, or the newest good one. Stop `kiosk serve` first.

    The database as it is now is moved aside. What was pledged since the backup is queued again from the
    signed manifests; numbers go on above the largest ever given. Settings changed at the screen come back if
    they were lost too.
    """
    data_dir = _used(context.load().station.data_dir)
    with _told(data_dir), only_screen(data_dir):
        if file:
            prove(file)
        mended = restore_database(data_dir, file, at=now())
    click.echo(in_words(mended))


@click.command()
@click.pass_obj
def verify(context: Context) -> None:
    """Read everything through: database, journal, sealed parts that wait, backups. Changes nothing.

    Exit code 1 when something is not whole.
    """
    data_dir = _used(context.load().station.data_dir)
    with _told(data_dir):
        found = inspect_store(data_dir)
    for each in found:
        click.echo(f"{'ok  ' if each.is_whole else 'BAD '} {each.what:<10}{each.sentence}")
    if not all(each.is_whole for each in found):
        raise SystemExit(1)


def in_words(mended: Mended) -> str:
    """What was done to the database, in a sentence for the officer."""
    source = "no backup was found" if mended.backup == "none" else f"{mended.backup} took its place"
    old = f"the old one lies in {mended.aside}" if mended.aside else "there was none"
    settings = " The settings changed at the screen came back." if mended.adjusted else ""
    return (
        f"The database was replaced ({mended.why}): {source}, {old}. "
        f"{mended.recovered} declarations were queued again from their files.{settings}"
    )


def _used(data_dir: Path) -> Path:
    if not data_dir.is_dir():
        fail(f"no station has run here yet: {data_dir} does not exist")
    return data_dir


@contextmanager
def _told(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except SomebodyIsHere:
        fail("somebody is at the screen; try again when the visit is over")
    except (BadBackup, BadKeyFile, DatabaseInUse) as why:
        fail(str(why))
    except sqlite3.DatabaseError as why:
        fail(f"{data_dir / 'station.db'} cannot be used ({why}); run: kiosk restore")
    except OSError as why:
        fail(f"{why.filename or data_dir}: {why.strerror}")

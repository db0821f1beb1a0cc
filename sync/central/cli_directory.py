"""`central directory`: which agencies receive declarations, told to every station."""

from __future__ import annotations

from pathlib import Path

import click

from sync.central import setup
from sync.central.command import data_option, database, in_words, now
from sync.central.events import Teller, directories
from sync.directory import directory_text, pack, unpack, version_of
from sync.durable import writing
from sync.envelope import BadDocument


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--version", "version", required=True, help="Its name, kept with every declaration: 2026-12.")
@data_option
def directory(file: Path, version: str, data: Path) -> None:
    """Tell every station the receiving agencies in FILE, a CSV table as for `kiosk agencies`.

    Stations take it over between two visits, without a restart, and never go back to an older one. A
    version's name means one table for ever: declarations carry it.
    """
    with in_words(), database(data) as db:
        try:
            text = directory_text(file.read_text("utf-8-sig"), version)
        except UnicodeDecodeError as why:
            raise BadDocument(f"{file} is not UTF-8; save it again as “CSV UTF-8”") from why
        packed, key = pack(text), setup.load(data).signing
        with writing(db):
            told = [unpack(each.directory or "") for each in directories(db)]
            if told and told[-1] == text:
                click.echo(f"Directory {version} was told already.")
                return
            if version in [version_of(each) for each in told]:
                raise BadDocument(f"another directory was told as {version}; give this one another name")
            Teller(db, key, now()).tell_directory(packed)
    click.echo(f"Directory {version}: stations take it over between two visits.")

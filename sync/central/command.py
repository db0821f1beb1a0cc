"""What the commands of central share: their folder, the clock, and how a failure ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlite_utils import Database

from sync.bundle import BadBundle
from sync.central import decisions, review, setup, stations
from sync.central.database import prepare_database
from sync.central.folder import CentralFolder
from sync.durable import open_db
from sync.envelope import BadDocument
from sync.keyfiles import BadKeyFile
from sync.sealing import CannotOpen, CannotSeal
from sync.serving import PortTaken

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".demo/central"),
    show_default=True,
    help="Everything central keeps.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")
_TROUBLES = (
    setup.CentralNotReady,
    stations.StationKnown,
    stations.StationUnknown,
    stations.BadStation,
    PortTaken,
    review.NotFound,
    decisions.CannotDecide,
    BadBundle,
    BadKeyFile,
    BadDocument,
    CannotOpen,
    CannotSeal,
)


def now() -> datetime:
    """The wall clock, UTC. Everything below the command line gets it as an argument."""
    return datetime.now(UTC)


@contextmanager
def database(data: Path) -> Iterator[Database]:
    """Open central's database, brought up to date."""
    folder = CentralFolder(data)
    if not folder.database.exists():
        raise setup.CentralNotReady(f"no central in {data}; give its folder with --data")
    prepare_database(folder.database)
    with open_db(folder.database) as db:
        yield db


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a user can cause into a sentence and a non-zero exit."""
    try:
        yield
    except _TROUBLES as why:
        raise click.ClickException(str(why)) from why
    except OSError as why:
        raise click.ClickException(f"{why.filename or 'file'}: {why.strerror}") from why
    except sqlite3.DatabaseError as why:
        raise click.ClickException(f"central's database: {why}") from why

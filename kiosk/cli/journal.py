"""`kiosk journal`: what happened at this station, chained line to line. No personal data."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from kiosk.cli.context import Context, fail
from kiosk.store import journal as store
from kiosk.store.journal import BrokenChain, Line
from sync.durable import open_db


@click.group()
def journal() -> None:
    """Export the journal, or follow its chain from line to line."""


@journal.command()
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="A file, instead of stdout.")
@click.pass_obj
def export(context: Context, to: Path | None) -> None:
    """Write the journal as one JSON object a line, each naming the sha256 of the line before it.

    Keep an export elsewhere: whoever rewrites the journal here cannot rewrite it there.
    """
    text = "".join(
        f"{json.dumps(asdict(line), sort_keys=True, separators=(',', ':'))}\n" for line in _lines(context)
    )
    if to is None:
        click.echo(text, nl=False)
        return
    try:
        to.write_text(text, "utf-8")
    except OSError as why:
        fail(f"{to}: {why.strerror}; give another file with --to")
    click.echo(f"{to}: {text.count(chr(10))} lines")


@journal.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def verify(context: Context, file: Path | None) -> None:
    """Follow the chain of this station's journal.

    With an earlier export as FILE, follow that one, and check that the journal still goes on from it.
    Exit code 1 when a line was changed, removed or put in.
    """
    lines = _lines(context)
    try:
        number = store.verify(iter(lines))
        if file:
            exported = list(_read(file))
            store.verify(iter(exported))
            _must_go_on(exported, lines)
    except BrokenChain as why:
        fail(str(why))
    click.echo(f"{number} lines, chained" + (f"; goes on from {file}" if file else ""))


def _must_go_on(exported: list[Line], lines: list[Line]) -> None:
    here = {line.id: line for line in lines}
    gone = [line.id for line in exported if line.id not in here]
    if any(line.id in here and here[line.id] != line for line in exported):
        raise BrokenChain("the journal says something else than the export")
    if gone and max(gone) > min(here, default=0):
        raise BrokenChain("the journal has lost lines that the export has")


def _lines(context: Context) -> list[Line]:
    path = context.load().station.data_dir / "station.db"
    if not path.exists():
        fail(f"no station has run here yet: {path} does not exist")
    try:
        with open_db(path) as db:
            return list(store.lines(db))
    except sqlite3.DatabaseError as why:
        fail(f"{path} cannot be read: {why}")


def _read(file: Path) -> Iterator[Line]:
    try:
        for text in file.read_text("utf-8").splitlines():
            yield Line(**json.loads(text))
    except (OSError, ValueError, TypeError):
        fail(f"{file} is not an export of the journal", code=2)

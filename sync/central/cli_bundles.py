"""`central import`: what a stick brings, and the file that goes back on it."""

from __future__ import annotations

from pathlib import Path

import click

from sync.central import bundles
from sync.central.app import create_central
from sync.central.command import data_option, in_words, now
from sync.durable import write_durably
from sync.stick_file import RETURN_SUFFIX


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_option
@click.option(
    "--to", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder for the return file."
)
def import_(file: Path, data: Path, to: Path | None) -> None:
    """Take in the bundle FILE that `kiosk export` wrote, and write the return file beside it.

    Safe to repeat. Carry the return back and give it to `kiosk import`: it frees what has arrived here.
    Exit code 1 when something in the bundle was damaged; the rest was taken in.
    """
    with in_words():
        app = create_central(data, now)
        with app.app_context(), click.progressbar(length=file.stat().st_size, label="Taking in") as bar:
            taken = bundles.take_in(file, bar.update)
            answer = bundles.answer_to(taken)
        path = (to or file.parent) / f"{file.stem}{RETURN_SUFFIX}"
        write_durably(path, answer)
    known = len(taken.acknowledgements) - taken.new
    click.echo(f"Station {taken.heading.station}: {taken.new} new, {known} known already", nl=False)
    click.echo(f", {len(taken.refusals)} refused, {len(taken.damaged)} damaged or missing")
    click.echo(f"Carry this back to the station: {path}")
    if taken.damaged:
        click.echo("What was damaged still waits at the station; export it again with --all.", err=True)
        raise click.exceptions.Exit(1)

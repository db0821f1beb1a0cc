"""`kiosk agencies`: bring in the office's own list of receiving agencies."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk import reference
from kiosk.actions.take_directory import told_at, with_told_at
from kiosk.cli.context import Context, fail
from sync.durable import write_durably


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--version", "version", required=True, help="Its name, kept with every declaration: 2026-12.")
@click.pass_obj
def agencies(context: Context, file: Path, version: str) -> None:
    """Take the receiving agencies from FILE, a CSV table; `kiosk serve` uses it at once.

    Columns: code, name, province; if you like also valid_from, valid_to (2026-12-31), successor, address.
    Nothing changes when a line cannot be used. Earlier declarations keep the version they were made with.
    The next list that central tells (`central directory`) takes its place.
    """
    try:
        text = file.read_text("utf-8-sig")
        table = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        directory = reference.read_directory(f"# version: {version}\n{table}\n", str(file))
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8; save it again as “CSV UTF-8”", code=2)
    except reference.BadReference as why:
        fail(str(why), code=2)
    data_dir = context.load().station.data_dir
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = data_dir / reference.IMPORTED_DIRECTORY
    write_durably(path, with_told_at(f"# version: {version}\n{table}\n", told_at(path)).encode())
    click.echo(f"{len(directory.agencies)} agencies, version {directory.version}.")

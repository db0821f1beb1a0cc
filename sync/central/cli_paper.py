"""`central paper`: Mẫu số 01 of a declaration that was opened."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sync.central.command import in_words, now
from sync.durable import write_durably
from sync.paper import BadPaper, draw_paper

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
_PORTRAITS = ("portrait.jpg", "adult-portrait.jpg")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def paper(folder: Path) -> None:
    """Draw the form of the declaration that `central open` put into FOLDER, as FOLDER/mau-so-01.pdf."""
    with in_words():
        try:
            answers = json.loads((folder / "answers.json").read_text("utf-8"))
            found = next((folder / each for each in _PORTRAITS if (folder / each).exists()), None)
            drawn = draw_paper(answers["paper"], found.read_bytes() if found else None, FONTS, now())
        except (BadPaper, KeyError, ValueError) as why:
            raise click.ClickException(f"{folder}: not an opened declaration ({why})") from why
        write_durably(folder / "mau-so-01.pdf", drawn)
    click.echo(folder / "mau-so-01.pdf")

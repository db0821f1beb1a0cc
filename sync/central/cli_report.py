"""`central report`: what somebody must look into."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from sync.central import chain
from sync.central.command import data_option, database, in_words, json_option, now


@click.command()
@data_option
@json_option
def report(data: Path, *, as_json: bool) -> None:
    """Say which stations' numbers do not add up: a copied station at once, a missing number after 14 days.

    Exit code 1 when there is anything to look into.
    """
    with in_words(), database(data) as db:
        flaws = chain.flaws(db, now())
    if as_json:
        click.echo(json.dumps([asdict(each) for each in flaws], indent=1))
    else:
        for each in flaws:
            click.echo(f"{each.station}  {each.kind:<5}  {each.words()}; seen {each.since}")
        if not flaws:
            click.echo("Every station's declarations follow one another.")
    if flaws:
        raise SystemExit(1)

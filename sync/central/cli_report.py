"""`central report`: what somebody must look into."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from sync.central import chain, heartbeats
from sync.central.chain import Flaw
from sync.central.command import data_option, database, in_words, json_option, now
from sync.central.heartbeats import DeviceTrouble


@click.command()
@data_option
@json_option
def report(data: Path, *, as_json: bool) -> None:
    """Say which stations' numbers do not add up, and whose paper or camera is not well.

    A copied station is told at once, a missing number after 14 days, a device as of the last heartbeat.

    Exit code 1 when there is anything to look into.
    """
    with in_words(), database(data) as db:
        found: list[Flaw | DeviceTrouble] = [*chain.flaws(db, now()), *heartbeats.troubles(db)]
    if as_json:
        click.echo(json.dumps([{"kind": each.kind} | asdict(each) for each in found], indent=1))
    else:
        for each in found:
            click.echo(f"{each.station}  {each.kind:<6}  {each.words()}; seen {each.since}")
        if not found:
            click.echo("Every station's declarations follow one another, and no device is unwell.")
    if found:
        raise SystemExit(1)

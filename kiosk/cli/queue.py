"""`kiosk queue`: what waits to be sent, since when, and why."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict

import click

from kiosk.actions.list_declarations import Line, list_declarations, list_unsent
from kiosk.actions.survey_queue import Survey, survey_queue
from kiosk.cli.context import Context, fail, now
from kiosk.cli.words import LANGUAGES, Say, speaking
from kiosk.domain.progress import Progress
from kiosk.domain.troubles import in_words

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of a table.")
@click.option("--all", "everything", is_flag=True, help="Also what central has received, the newest first.")
@click.option("--limit", type=click.IntRange(1), default=500, show_default=True, help="At most so many.")
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
@click.pass_obj
def queue(context: Context, as_json: bool, everything: bool, limit: int, language: str) -> None:
    """List the declarations of this station that central has not received yet, the oldest first.

    Reads the database only; safe while the station runs. Shows no personal data: there is none.
    """
    config = context.load()
    db_path = config.station.data_dir / "station.db"
    if not db_path.exists():
        fail(f"no station has run here yet: {db_path} does not exist")
    try:
        lines = (list_declarations if everything else list_unsent)(db_path, at=now(), limit=limit)
        survey = survey_queue(db_path, config.lamp, at=now())
    except sqlite3.DatabaseError as why:
        fail(f"{db_path} cannot be read: {why}")
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False))
        return
    say = speaking(language)
    for line in lines:
        click.echo(_row(line, say))
    click.echo(_summary(survey, say))


def _row(line: Line, say: Say) -> str:
    state = say(Progress(line.progress).words).split(",")[0]
    trouble = f"\n    {say(in_words(line.trouble))} [{line.trouble}]" if line.trouble else ""
    return f"{line.receipt_code}  {state}  x{line.attempts}  {_age(line.age_seconds)}{trouble}"


def _summary(survey: Survey, say: Say) -> str:
    counted = f"{survey.colour.upper()}  {survey.waiting} waiting, {survey.put_aside} put aside"
    if survey.oldest_seconds is not None:
        counted += f", oldest {_age(survey.oldest_seconds)}"
    return counted + (f"\n{say(in_words(survey.trouble))} [{survey.trouble}]" if survey.trouble else "")


def _age(seconds: int) -> str:
    if seconds >= _DAY:
        return f"{seconds // _DAY} d {seconds % _DAY // _HOUR} h"
    return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} min"

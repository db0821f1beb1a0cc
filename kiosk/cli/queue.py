"""`kiosk queue`: what waits to be sent, and why."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict

import click

from kiosk.actions.list_declarations import Line, list_declarations
from kiosk.cli.context import Context, fail, now


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of a table.")
@click.option("--all", "everything", is_flag=True, help="Also what central has received.")
@click.pass_obj
def queue(context: Context, as_json: bool, everything: bool) -> None:
    """List the declarations of this station that central has not received yet.

    Reads the database only; safe while the station runs. Shows no personal data: there is none.
    """
    db_path = context.load().station.data_dir / "station.db"
    if not db_path.exists():
        fail(f"no station has run here yet: {db_path} does not exist")
    try:
        listed = list_declarations(db_path, at=now())
    except sqlite3.DatabaseError as why:
        fail(f"{db_path} cannot be read: {why}")
    lines = [line for line in listed if everything or line.received_at is None]
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False))
        return
    for line in lines:
        click.echo(_row(line))
    click.echo(f"{len(lines)} declarations" + ("" if everything else " waiting"))


def _row(line: Line) -> str:
    trouble = f"  {line.trouble}" if line.trouble else ""
    return f"{line.receipt_code}  {line.progress:<12} tries {line.attempts:<3} {line.sealed_at}{trouble}"

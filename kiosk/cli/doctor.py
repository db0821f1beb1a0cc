"""`kiosk doctor`: is every part of the station ready for a visitor?"""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from kiosk.actions.examine import Finding, Health, examine
from kiosk.cli.context import ROOT, Context, now

_MARKS = {Health.GOOD: "ok  ", Health.WATCH: "note", Health.BAD: "BAD "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of sentences.")
@click.pass_obj
def doctor(context: Context, as_json: bool) -> None:
    """Check camera, printer, disk, database, keys, clock and central; say what to do about each.

    Exit code 1 when something would keep visitors away.
    """
    findings = examine(context.load(), ROOT, now)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in findings], ensure_ascii=False))
    else:
        for each in findings:
            click.echo(_line(each))
    if any(each.health is Health.BAD for each in findings):
        raise SystemExit(1)


def _line(finding: Finding) -> str:
    remedy = f" {finding.remedy}" if finding.remedy else ""
    return f"{_MARKS[finding.health]} {finding.part:<9} {finding.sentence}{remedy}"

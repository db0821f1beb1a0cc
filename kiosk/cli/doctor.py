"""`kiosk doctor`: is every part of the station ready for a visitor?"""

from __future__ import annotations

import json
import time
from contextlib import closing
from typing import Any

import click

from hardware.devices import open_devices
from hardware.protocols import DeviceError, Entry, Paragraph, Rule, Slip, Title
from hardware.scanner import open_scanners
from kiosk.actions.examine import examine
from kiosk.adjustments import Adjustments
from kiosk.checkout import FONTS
from kiosk.cli.context import Context, fail, now, tick
from kiosk.cli.counter import NobodyThere, ask_serve
from kiosk.cli.words import LANGUAGES, Say, speaking
from kiosk.config import Config
from kiosk.health.finding import Finding, Health, Part
from kiosk.station import HANOI

_MARKS = {Health.GOOD: "ok  ", Health.WATCH: "note", Health.BAD: "BAD "}
_ON_PAPER = {Health.GOOD: "tốt", Health.WATCH: "lưu ý", Health.BAD: "cần xử lý"}
"""Message ids."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of sentences.")
@click.option("--print", "on_paper", is_flag=True, help="Also print the answer, for the station's file.")
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
@click.pass_obj
def doctor(context: Context, as_json: bool, on_paper: bool, language: str) -> None:
    """Check cameras, scanners, printer, disk, database, keys, clock, central and the machine.

    Asks a running `kiosk serve`, which owns the devices; opens them itself when none runs. Exit code 1 when
    something would keep visitors away.
    """
    adjustments = context.adjustments()
    config, findings = adjustments.current(), _findings(adjustments)
    say = speaking(language)
    if as_json:
        click.echo(json.dumps([_shown(each, say) for each in findings], ensure_ascii=False))
    else:
        for each in findings:
            click.echo(_line(each, say))
    if on_paper:
        _print(config, findings, say)
    if any(each.health is Health.BAD for each in findings):
        raise SystemExit(1)


def _findings(adjustments: Adjustments) -> list[Finding]:
    config = adjustments.current()
    try:
        return [_finding(each) for each in ask_serve(config.station.data_dir, "/control/health")]
    except NobodyThere:
        try:
            devices = open_devices(config.camera, config.printer, config.page_printer, FONTS)
        except ValueError as why:
            fail(str(why), code=2)
        scanners = open_scanners(config.scanners, lambda _code: None)
        try:
            return examine(adjustments, devices, scanners, now, tick, time.sleep)
        finally:
            for scanner in scanners:
                scanner.close()
            devices.close()


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**told | {"part": Part(told["part"]), "health": Health(told["health"])})


def _shown(finding: Finding, say: Say) -> dict[str, str]:
    return {
        "part": finding.part,
        "health": finding.health,
        "sentence": say(finding.sentence) % finding.values,
        "remedy": say(finding.remedy) % finding.values if finding.remedy else "",
    }


def _words(finding: Finding, say: Say) -> str:
    shown = _shown(finding, say)
    return f"{shown['sentence']} {shown['remedy']}".rstrip()


def _line(finding: Finding, say: Say) -> str:
    return f"{_MARKS[finding.health]} {say(finding.part.words):<14} {_words(finding, say)}"


def _print(config: Config, findings: list[Finding], say: Say) -> None:
    """One slip; the printer takes one caller at a time, so this waits its turn like any."""
    entries = [
        Entry(f"{say(each.part.words)}: {say(_ON_PAPER[each.health])}", _words(each, say))
        for each in findings
    ]
    heading = Paragraph(
        f"{config.station.name} · {config.station.id} · {now().astimezone(HANOI):%d/%m/%Y %H:%M}"
    )
    slip = Slip(f"doctor-{now():%Y%m%d-%H%M%S}", (Title(say("Kiểm tra máy")), heading, Rule(), *entries))
    with closing(open_devices(config.camera, config.printer, config.page_printer, FONTS)) as devices:
        try:
            devices.printer.print_slip(slip)
        except DeviceError as why:
            fail(f"the answer was not printed ({why.trouble})")

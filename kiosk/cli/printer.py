"""`kiosk printer`: what is plugged in, how it is, and a slip to look at."""

from __future__ import annotations

import click

from hardware.printer import open_printer
from hardware.printer_search import Found, found_printers
from hardware.protocols import DeviceError, PaperState, ReceiptPrinter, Trouble
from kiosk.actions.trial_slip import trial_slip
from kiosk.checkout import FONTS
from kiosk.cli.context import Context, fail, now
from kiosk.cli.counter import NobodyThere, ask_serve, tell_serve
from kiosk.cli.words import LANGUAGES, speaking
from kiosk.config import Config
from kiosk.domain.troubles import in_words
from kiosk.health.devices import PRINTER


@click.group()
def printer() -> None:
    """Find, ask and try the receipt printer."""


@printer.command("list")
def list_printers() -> None:
    """List the printers that are plugged in, each as kiosk.toml wants it."""
    found = found_printers()
    for each in found:
        click.echo(_line(each))
    if not found:
        fail("no printer on USB or a serial line; one on the network is named by its IP address")


@printer.command()
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
@click.pass_obj
def status(context: Context, language: str) -> None:
    """Say how the printer of kiosk.toml is. Exit code 1 when it cannot print, or does not say."""
    config = context.load()
    try:
        state: str = ask_serve(config.station.data_dir, "/control/printer")["state"]
    except NobodyThere:
        state = _own(config).state()
    finding, say = PRINTER[state], speaking(language)
    click.echo(f"{state}: {say(finding.sentence)} {say(finding.remedy) if finding.remedy else ''}".rstrip())
    if state not in (PaperState.OK, PaperState.NEAR_END):
        raise SystemExit(1)


@printer.command()
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
@click.pass_obj
def test(context: Context, language: str) -> None:
    """Print a slip with every letter, both edges and a code to scan."""
    config = context.load()
    try:
        trouble = tell_serve(config.station.data_dir, "/control/printer/test")["trouble"]
    except NobodyThere:
        trouble = _print_here(context)
    if trouble:
        fail(f"not printed: {speaking(language)(in_words(trouble))} [{trouble}]")
    click.echo("printed")


def _print_here(context: Context) -> Trouble | None:
    config = context.load()
    try:
        _own(config).print_slip(trial_slip(config.station.name, now()))
    except DeviceError as why:
        return why.trouble
    return None


def _own(config: Config) -> ReceiptPrinter:
    try:
        return open_printer(config.printer, FONTS)
    except ValueError as why:
        fail(str(why), code=2)


def _line(found: Found) -> str:
    return f'driver = "{found.driver}"  address = "{found.address}"  # {found.name}'.rstrip(" #")

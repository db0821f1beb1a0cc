"""`central accept|return|withdraw`: decisions, until there are pages for reviewers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sync.central import decisions, review, setup
from sync.central.command import data_option, database, in_words, now
from sync.central.events import Teller
from sync.central.store import Stored
from sync.event import Fault, Reason

_declaration = click.argument("name", metavar="ID")


@click.command()
@_declaration
@data_option
def accept(name: str, data: Path) -> None:
    """Approve declaration ID (its uuid or receipt code). The station shows it after its next round."""
    with _deciding(data, name) as (teller, stored):
        decisions.accept(teller, stored)
        click.echo(f"{stored.receipt_code} is accepted.")


@click.command(name="return")
@_declaration
@click.option("--part", "parts", multiple=True, metavar="NAME", help="Photo or field; one for each --reason.")
@click.option("--reason", "faults", multiple=True, type=click.Choice([str(each) for each in Fault]))
@data_option
def return_(name: str, parts: tuple[str, ...], faults: tuple[str, ...], data: Path) -> None:
    """Return declaration ID (its uuid or receipt code) with everything that must be mended, at once.

    central return 0042-0001-N --part birth-certificate --reason blurred --part phone --reason wrong
    """
    if len(parts) != len(faults):
        raise click.UsageError("give one --reason for each --part")
    with _deciding(data, name) as (teller, stored):
        reasons = tuple(Reason(part, Fault(fault)) for part, fault in zip(parts, faults, strict=True))
        decisions.send_back(teller, stored, reasons)
        click.echo(f"{stored.receipt_code} is returned.")


@click.command()
@_declaration
@data_option
def withdraw(name: str, data: Path) -> None:
    """Take declaration ID (its uuid or receipt code) back, at the wish of who made it."""
    with _deciding(data, name) as (teller, stored):
        decisions.withdraw(teller, stored)
        click.echo(f"{stored.receipt_code} is withdrawn.")


@contextmanager
def _deciding(data: Path, name: str) -> Iterator[tuple[Teller, Stored]]:
    with in_words(), database(data) as db:
        yield Teller(db, setup.load(data).signing, now()), review.find(db, name)

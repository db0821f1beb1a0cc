"""`kiosk officers`: who may log in at the screen. The first administrator is made here."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.actions import keep_officers
from kiosk.actions.keep_officers import list_officers
from kiosk.cli.context import Context, fail, now
from kiosk.domain.officers import Officer, Pin, Role
from kiosk.domain.text import MalformedField
from kiosk.problems.officers import LastAdministrator, OfficerKnown, OfficerUnknown
from kiosk.store import database


@click.group()
def officers() -> None:
    """Say who may log in at the screen: a number the office gives, a role, a PIN. The station keeps no names.

    A PIN is asked for on the terminal and shown nowhere. Run as the station's own user.
    """


@officers.command()
@click.argument("number")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.OFFICER.value, show_default=True
)
@click.pass_obj
def add(context: Context, number: str, role: str) -> None:
    """Let the officer with NUMBER (2 to 8 digits) log in."""
    db_path = _database(context)
    try:
        officer = Officer(number, Role(role))
    except MalformedField:
        fail("a number has 2 to 8 digits", code=2)
    if officer.number in {each.number for each in list_officers(db_path)}:
        fail(_taken(number))
    try:
        keep_officers.add_officer(db_path, officer, _ask_pin(), at=now())
    except OfficerKnown:
        fail(_taken(number))
    click.echo(f"{number}: {officer.role}")
    if not any(each.role is Role.ADMINISTRATOR for each in list_officers(db_path)):
        click.echo("No administrator yet: add one with --role administrator.")


@officers.command("list")
@click.pass_obj
def list_(context: Context) -> None:
    """List numbers and roles."""
    for each in list_officers(_database(context)):
        click.echo(f"{each.number:>8}  {each.role}")


@officers.command()
@click.argument("number")
@click.pass_obj
def remove(context: Context, number: str) -> None:
    """Let the officer with NUMBER log in no more. The last administrator stays."""
    try:
        keep_officers.remove_officer(_database(context), number, at=now())
    except OfficerUnknown:
        fail(_unknown(number))
    except LastAdministrator:
        fail(f"{number} is the only administrator; add another first")
    click.echo(f"{number} is removed")


@officers.command()
@click.argument("number")
@click.pass_obj
def pin(context: Context, number: str) -> None:
    """Give the officer with NUMBER another PIN, after a forgotten one too; a lock-out ends with it."""
    db_path = _database(context)
    if number not in {each.number for each in list_officers(db_path)}:
        fail(_unknown(number))
    keep_officers.change_pin(db_path, number, _ask_pin(), at=now())
    click.echo(f"{number} has another PIN")


def _database(context: Context) -> Path:
    data_dir = context.load().station.data_dir
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database.prepare(data_dir / "station.db")
    return data_dir / "station.db"


def _ask_pin() -> Pin:
    typed = click.prompt("PIN", hide_input=True, confirmation_prompt="PIN again")
    try:
        return Pin(typed)
    except MalformedField:
        fail("a PIN has 6 to 12 digits, not all the same and no run like 123456", code=2)


def _taken(number: str) -> str:
    return f"{number} is taken; see: kiosk officers list"


def _unknown(number: str) -> str:
    return f"no officer has the number {number}; see: kiosk officers list"

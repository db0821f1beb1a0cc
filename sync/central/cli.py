"""`central`: the commands of the reference central."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from sync.central import review, rotation, server, setup, store
from sync.central.cli_bundles import import_
from sync.central.cli_directory import directory
from sync.central.cli_paper import paper
from sync.central.cli_relay import Relay, serve_relay
from sync.central.cli_report import report
from sync.central.cli_review import accept, return_, withdraw
from sync.central.cli_stations import stations
from sync.central.command import data_option, database, in_words, json_option, now
from sync.central.folder import CentralFolder
from sync.central.status import standing
from sync.envelope import key_id, public_text
from sync.logs import start_logging
from sync.sealing import Identity, must_be_recipient, new_identity


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The reference central: takes sealed declarations from stations and acknowledges them.

    It stores what it cannot read. Opening a declaration needs a private key, which lies apart
    (DIR/review) and which `central serve` never touches.
    """


@main.command()
@data_option
@click.option(
    "--escrow-to", type=click.Path(path_type=Path, file_okay=False), help="Make an escrow key here."
)
@click.option("--escrow-recipient", help='Public half, "age1…", of an escrow key made elsewhere.')
@click.option("--escrow-shown", is_flag=True, help="Make an escrow key and show it this once; write it down.")
def init(data: Path, escrow_to: Path | None, escrow_recipient: str | None, *, escrow_shown: bool) -> None:
    """Make central's keys. Finds them again when run twice.

    The escrow key opens every declaration on a day when all else is lost. Keep it in a safe elsewhere.
    """
    with in_words():
        if escrow_shown and not CentralFolder(data).key_set.exists():
            keys = setup.prepare_for(data, _show_once(new_identity()), now())
        elif escrow_recipient:
            keys = setup.prepare_for(data, must_be_recipient(escrow_recipient), now())
        elif escrow_to:
            keys = setup.prepare(data, escrow_to, now())
        elif CentralFolder(data).key_set.exists():
            keys = setup.load(data)
        else:
            raise click.UsageError(
                "say where the escrow key goes: --escrow-shown, --escrow-to DIR or --escrow-recipient age1…"
            )
        click.echo(f"Central {key_id(keys.public_key)} is ready in {data}")


def _show_once(escrow: Identity) -> str:
    """Show the private half before anything depends on it; only the public half is kept."""
    click.echo("The escrow key, shown this once and stored nowhere. Print it and lock it away:\n")
    click.echo(escrow.to_file().decode())
    return escrow.recipient


@main.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8081, show_default=True)
@click.option("--relay", metavar="URL", help="Be a relay: keep what stations bring for the central at URL.")
@click.option("--code", help="With --relay, the first time: the one-time code of that central.")
@click.option("--station", metavar="ID", help="With --code: the relay's own id, four characters.")
def serve(data: Path, host: str, port: int, relay: str | None, code: str | None, station: str | None) -> None:
    """Take declarations in until stopped.

    With --relay nothing is judged or acknowledged here: it is forwarded, sealed, when there is a line.
    """
    start_logging()
    with in_words():
        if relay:
            serve_relay(Relay(data, host, port, relay), code, station)
        elif code or station:
            raise click.UsageError("--code and --station go with --relay")
        else:
            server.serve(data, host, port, now)


@main.command(name="list")
@data_option
@json_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
def list_(data: Path, limit: int, *, as_json: bool) -> None:
    """List declarations, the newest first. Without keys nobody learns more than this."""
    with in_words(), database(data) as db:
        rows = [_row(db, stored) for stored in store.newest(db, limit)]
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(
            f"{row['number'] or '-':>6}  {row['receipt_code']}  {row['state']:<9}  "
            f"{row['received_at'] or row['announced_at']}  {row['agency']}  {row['uuid']}"
            f"{'  ' + row['operator'] if row['operator'] else ''}"
        )
    if not rows:
        click.echo("No declaration has been announced yet.")


@main.command()
@data_option
@json_option
def keys(data: Path, *, as_json: bool) -> None:
    """Show the public keys that stations use."""
    with in_words():
        held = setup.load(data)
        key_set = held.key_set
    shown = {
        "fingerprint": key_id(held.public_key),
        "version": key_set.version,
        "issued_at": key_set.issued_at,
    }
    shown |= {"current": key_set.current, "next": key_set.next, "escrow": key_set.escrow}
    if as_json:
        click.echo(json.dumps(shown | {"central": public_text(key_set.central)}, indent=1))
        return
    for name, value in shown.items():
        click.echo(f"{name + ':':<13}{value}")


@main.command()
@data_option
def rotate(data: Path) -> None:
    """Change the sealing keys and tell every station. The retired key stays: old declarations need it."""
    with in_words(), database(data):
        key_set = rotation.rotate(data, now())
    click.echo(f"Key set {key_set.version} counts; stations take it over with their next round.")


@main.command(name="open")
@click.argument("name", metavar="ID")
@data_option
@click.option(
    "--key", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Private age key."
)
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to fill.")
def open_(name: str, data: Path, key: Path, to: Path) -> None:
    """Open declaration ID (its uuid or receipt code) into files that only you can read."""
    with in_words(), database(data) as db:
        for path in review.open_parts(CentralFolder(data), review.find(db, name), key, to):
            click.echo(path)


def _row(db: Database, stored: store.Stored) -> dict[str, Any]:
    manifest = stored.opened()
    row = {name: value for name, value in asdict(stored).items() if not isinstance(value, bytes)}
    row |= {"procedure": manifest.procedure, "agency": manifest.agency, "captured_at": manifest.captured_at}
    row["operator"] = manifest.operator
    row["parts"] = [asdict(part) for part in manifest.parts]
    row["state"] = standing(db, stored).state
    return row


for _command in (stations, directory, paper, report, import_, accept, return_, withdraw):
    main.add_command(_command)

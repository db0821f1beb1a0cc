"""`central stations`: which stations may send."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import segno

from sync.central import heartbeats, invitations, setup
from sync.central import stations as known_stations
from sync.central.command import data_option, database, in_words, json_option, now
from sync.durable import write_durably
from sync.envelope import key_id, public_key
from sync.invitation import short_fingerprint


@click.group()
def stations() -> None:
    """Which stations may send."""


@stations.command()
@click.option("--station", metavar="ID", help="Good for this id only.")
@click.option(
    "--hours", type=click.IntRange(1, 720), default=24, show_default=True, help="How long it lasts."
)
@click.option("--url", help="Central's address as stations reach it, to be put into the QR code.")
@click.option("--qr", type=click.Path(path_type=Path, dir_okay=False), help="Write the code as a PNG too.")
@data_option
def invite(station: str | None, hours: int, url: str | None, qr: Path | None, data: Path) -> None:
    """Print a code with which one station may introduce itself, once.

    At the station: kiosk enrol URL CODE. A hand-held reader types what the QR code holds: URL CODE.
    """
    with in_words(), database(data) as db:
        central = setup.load(data).public_key
        made = invitations.invite(db, central, station, at=now(), lasts=timedelta(hours=hours))
        code = made.shown()
        drawn = segno.make_qr(f"{url} {code}" if url else code)
        if qr:
            picture = BytesIO()
            drawn.save(picture, kind="png", scale=8)
            write_durably(qr, picture.getvalue())
    click.echo(f"Code:  {code}")
    if sys.stdout.isatty():
        drawn.terminal(compact=True)
    click.echo(f"Within {hours} hours, at the station:  kiosk enrol {url or 'URL'} {code}")


@stations.command()
@click.argument("station", metavar="ID")
@data_option
def revoke(station: str, data: Path) -> None:
    """Let station ID send no more. What it has not sent yet stays there."""
    with in_words(), database(data) as db:
        known_stations.revoke(db, station)
    click.echo(f"Station {station} may no longer send.")


# One key in 64 begins with a dash, and one of those may hold an h.
@stations.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("station", metavar="ID")
@click.argument("key", metavar="PUBLIC_KEY")
@data_option
def add(station: str, key: str, data: Path) -> None:
    """Let station ID send without a code; PUBLIC_KEY is the base64url text of its key."""
    with in_words():
        setup.register_station(data, station, public_key(key))
    click.echo(f"Station {station} may send.")


@stations.command(name="list")
@data_option
@json_option
def list_(data: Path, *, as_json: bool) -> None:
    """List the stations, with the fingerprints that they show too."""
    with in_words(), database(data) as db:
        seen = heartbeats.last(db)
        known = [_row(each, seen.get(each.id)) for each in known_stations.everyone(db)]
    if as_json:
        click.echo(json.dumps(known, indent=1))
        return
    for each in known:
        click.echo(
            f"{each['id']}  {each['fingerprint']}{_seen(each)}{'  revoked' if each['revoked'] else ''}"
        )


def _seen(row: dict[str, Any]) -> str:
    if row["heartbeat"] is None:
        return ""
    beat = row["heartbeat"]
    states = [beat[name] or "unknown" for name in ("paper", "document_camera", "portrait_camera")]
    return f"  last seen {row['seen_at']}  paper {states[0]}, cameras {states[1]}/{states[2]}"


def _row(station: known_stations.KnownStation, seen: heartbeats.Seen | None) -> dict[str, Any]:
    row: dict[str, Any] = {"id": station.id, "fingerprint": short_fingerprint(station.key)}
    row |= {"key_id": key_id(station.key), "revoked": station.is_revoked}
    return row | {"seen_at": seen.at if seen else None, "heartbeat": asdict(seen.heartbeat) if seen else None}

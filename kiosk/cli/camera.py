"""`kiosk camera`: which cameras there are, and what the configured ones give."""

from __future__ import annotations

import json
import time
from contextlib import closing
from dataclasses import asdict

import click

from hardware.camera import OpencvCamera
from hardware.protocols import Trouble
from hardware.v4l2 import list_cameras
from kiosk.actions.try_cameras import Tried, try_cameras
from kiosk.cli.context import Context, tick
from kiosk.cli.counter import NobodyThere, ask_serve
from kiosk.config import Config

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON array instead of lines.")


@click.group()
def camera() -> None:
    """List the cameras plugged in, or try the two that kiosk.toml names."""


@camera.command("list")
@_AS_JSON
def list_all(as_json: bool) -> None:
    """List the cameras plugged in, with what they offer. Safe while the station runs."""
    found = list_cameras()
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False))
    elif not found:
        click.echo("No camera is plugged in. Check cable and power; the twin camera needs none.")
    for each in () if as_json else found:
        click.echo(f"{each.address}  {each.name}: {', '.join(each.offers) or 'offers no fixed size'}")


@camera.command("test")
@click.option("--seconds", type=click.FloatRange(0.5, 10), default=3.0, show_default=True)
@_AS_JSON
@click.pass_obj
def try_all(context: Context, seconds: float, as_json: bool) -> None:
    """Take a still with each camera of kiosk.toml and count the frames that arrive.

    Asks a running `kiosk serve`, which owns the cameras; opens them itself when none runs. Exit code 1 when
    one gives no picture.
    """
    tried = _try(context.load(), seconds)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in tried], ensure_ascii=False))
    for each in () if as_json else tried:
        click.echo(_line(each))
    if any(each.trouble for each in tried):
        raise SystemExit(1)


def _try(config: Config, seconds: float) -> list[Tried]:
    try:
        told = ask_serve(config.station.data_dir, f"/control/cameras?seconds={seconds}")
        return [Tried(**each) for each in told]
    except NobodyThere:
        with closing(OpencvCamera(config.camera)) as eyes:
            return try_cameras(eyes, config.camera, seconds, tick, time.sleep, aim=True)


_REMEDIES: dict[str, str] = {
    Trouble.BUSY: "Another program uses it; stop that program.",
    Trouble.FORBIDDEN: "This user may not open it; run kiosk install, or this as the station's user.",
    Trouble.UNREACHABLE: "Nothing answers there; check its power, its network cable and its address.",
    Trouble.WRONG_FORMAT: "What comes is no picture; see kiosk camera list for what the camera offers.",
}


def _line(tried: Tried) -> str:
    if tried.trouble:
        remedy = _REMEDIES.get(tried.trouble, "Check its cable and the source in kiosk.toml, [camera].")
        return f"BAD  {tried.role} {tried.address}: {tried.trouble}. {remedy}"
    gave = f"granted {tried.granted}; a still has {tried.still}, {tried.fps} frames a second arrive"
    return f"ok   {tried.role} {tried.address}: asked for {tried.asked}; {gave}"

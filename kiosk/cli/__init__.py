"""Every command of the station. The only clock; the only place that opens devices."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from pathlib import Path

import click

from kiosk.checkout import ROOT

# Before numpy: it and OpenCV bring an OpenBLAS each, whose threads turn and turn while the station starts and
# have nothing to do afterwards. Our matrices are small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

COMMANDS = {
    "demo": "demo:demo",
    "browse": "browse:browse",
    "enrol": "enrol:enrol",
    "agencies": "agencies:agencies",
    "officers": "officers:officers",
    "serve": "serve:serve",
    "sync": "postman:sync",
    "queue": "queue:queue",
    "export": "stick:export",
    "import": "stick:import_",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
    "verify": "keeping:verify",
    "journal": "journal:journal",
    "doctor": "doctor:doctor",
    "camera": "camera:camera",
    "read-code": "read_code:read_code",
    "check-photo": "check_photo:check_photo",
    "mat": "mat:mat",
    "printer": "printer:printer",
    "install": "install:install",
    "uninstall": "install:uninstall",
}
"""Name: module and function. Loaded when called: `kiosk sync` runs for years and needs no camera."""


class Commands(click.Group):
    """Finds a command in its module."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Called by click for the help, which shows them in this order."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Called by click; None for a name that is not there."""
        if name not in COMMANDS:
            return None
        module, function = COMMANDS[name].split(":")
        gc.disable()  # what an import makes stays: looking through it takes a tenth of the start
        found = getattr(import_module(f"kiosk.cli.{module}"), function)
        gc.freeze()
        gc.enable()
        assert isinstance(found, click.Command)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=ROOT / "kiosk.toml",
    show_default="kiosk.toml of the checkout",
    help="Settings of the station.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep everything under this folder: DIR/station, and the twins' DIR/desk and DIR/slips.",
)
@click.version_option("0.1.0", prog_name="kiosk")
@click.pass_context
def main(ctx: click.Context, config: Path, data: Path | None) -> None:
    """Assisted-enrolment station of Vietnam Social Security (BHXH).

    Start with `kiosk demo`: it runs a whole station with make-believe devices on this machine.
    """
    from kiosk.cli.context import Context  # noqa: PLC0415 - with the command, whose imports are quicker

    ctx.obj = Context(config, data)

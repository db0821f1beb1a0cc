"""Every command of the station. The only clock; the only place that opens devices."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.browse import browse
from kiosk.cli.check_photo import check_photo
from kiosk.cli.context import ROOT, Context
from kiosk.cli.demo import demo
from kiosk.cli.doctor import doctor
from kiosk.cli.enrol import enrol
from kiosk.cli.install import install, uninstall
from kiosk.cli.journal import journal
from kiosk.cli.keeping import backup, restore, verify
from kiosk.cli.mat import mat
from kiosk.cli.postman import sync
from kiosk.cli.queue import queue
from kiosk.cli.read_code import read_code
from kiosk.cli.serve import serve
from kiosk.cli.stick import export, import_


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
    ctx.obj = Context(config, data)


_KEEPING = (backup, restore, verify, journal)
_PICTURES = (read_code, check_photo, mat)
_BOX = (install, uninstall)
for _command in (
    demo,
    browse,
    enrol,
    serve,
    sync,
    queue,
    export,
    import_,
    backup,
    restore,
    verify,
    journal,
    doctor,
    read_code,
    check_photo,
    mat,
    install,
    uninstall,
):
    main.add_command(_command)

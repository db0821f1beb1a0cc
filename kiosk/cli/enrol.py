"""`kiosk enrol`: introduce this station to central."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.context import Context, fail, now
from sync import enrolment
from sync.faults import Refused, Unreachable
from sync.hostkey import NotSealed
from sync.invitation import BadInvitation, Invitation
from sync.keyfiles import BadKeyFile
from sync.keys import KeysRefused, seal_device_key
from sync.line import BadAddress

_REFUSALS = {
    "invitation-unknown": "central does not know this code; check it, or ask for a new one",
    "invitation-expired": "this code was not used in time; ask for a new one",
    "invitation-used": "another station has used this code; ask for a new one",
    "invitation-of-other": "this code is for a station with another id; see [station] id in kiosk.toml",
    "station-known": "central knows another station by this id; see [station] id in kiosk.toml",
}


@click.command()
@click.argument("url")
@click.argument("code")
@click.pass_obj
def enrol(context: Context, url: str, code: str) -> None:
    """Introduce this station to the central at URL with the one-time CODE that it gave out.

    CODE comes from `central stations invite`. Repeat the command if the line broke: the code still works
    for this station. Afterwards both sides show the same fingerprint: `central stations list`.
    """
    config = context.load()
    try:
        invitation = Invitation.typed(code)
        done = enrolment.enrol(url, invitation, config.station.id, config.station.data_dir / "keys", now)
    except (BadInvitation, BadAddress) as why:
        fail(str(why), code=2)
    except enrolment.WrongCentral:
        fail(f"{url} did not give out this code; check both")
    except Refused as why:
        fail(_REFUSALS.get(why.code, f"central refuses this station ({why})"))
    except Unreachable as why:
        fail(f"central was not reached ({why}); try again")
    except (KeysRefused, BadKeyFile) as why:
        fail(str(why))
    except OSError as why:
        fail(f"{why.filename or 'file'}: {why.strerror}")
    click.echo(f"Station {done.station} is enrolled. Fingerprint: {done.fingerprint}")
    click.echo(_seal(config.station.data_dir / "keys"))
    if url.rstrip("/") != config.central.url.rstrip("/"):
        click.echo(f'Now set [central] url = "{url}" in {context.config_path}.')


def _seal(keys: Path) -> str:
    try:
        sealed = seal_device_key(keys)
    except NotSealed as why:
        return f"The device key is a file that its owner alone can read, not sealed to this machine: {why}."
    return f"The device key is sealed to this machine: {sealed}. `kiosk install` hands it to the services."

"""`central serve --relay`, in words."""

from __future__ import annotations

import click

from sync.central.command import now
from sync.enrolment import WrongCentral
from sync.faults import Refused, Unreachable
from sync.invitation import BadInvitation, Invitation
from sync.keys import KeysMissing, KeysRefused
from sync.line import BadAddress
from sync.relay.run import NoRelay, PostmanBusy, Relay

__all__ = ["Relay", "serve_relay"]


def serve_relay(relay: Relay, code: str | None, station: str | None) -> None:
    """Run a relay until stopped; with a code, introduce it to central first.

    Errors: click.ClickException; those that `in_words` knows.
    """
    try:
        if code:
            _enrol(relay, code, station)
        relay.serve(now)
    except KeysMissing as why:
        raise click.ClickException(
            "this relay is not enrolled yet; add --code CODE --station ID, with a code from "
            "`central stations invite` at the central it serves"
        ) from why
    except (NoRelay, BadAddress, PostmanBusy) as why:
        raise click.ClickException(str(why)) from why


def _enrol(relay: Relay, code: str, station: str | None) -> None:
    if not station:
        raise click.UsageError("--code needs --station ID, the relay's own id")
    try:
        done = relay.enrol(Invitation.typed(code), station, now)
    except (BadInvitation, KeysRefused) as why:
        raise click.ClickException(str(why)) from why
    except WrongCentral as why:
        raise click.ClickException(f"{relay.central_url} did not give out this code; check both") from why
    except Refused as why:
        raise click.ClickException(f"central refuses this relay ({why}); ask for a new code") from why
    except Unreachable as why:
        raise click.ClickException(f"central was not reached ({why}); try again") from why
    click.echo(f"Relay {done.station} is enrolled. Fingerprint: {done.fingerprint}")

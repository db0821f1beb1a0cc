"""Introducing this station to central, with the code that central gave out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.credentials import Credentials
from sync.envelope import BadDocument, canonical, public_key, public_text, take_apart
from sync.faults import LineFault, Unreachable
from sync.invitation import Invitation, short_fingerprint
from sync.keys import create_station_keys, device_key
from sync.keyset import open_key_set
from sync.line import open_line
from sync.wire import JSON

_SECONDS = 20.0
"""For each step on the line: somebody stands before it. Source: timeout_seconds in kiosk.toml."""


class WrongCentral(Exception):
    """Whoever answers at this address did not give out this code."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What both sides show now. Shape: `fingerprint` as in `short_fingerprint`."""

    station: str
    fingerprint: str


def enrol(
    url: str, invitation: Invitation, station: str, keys: Path, now: Callable[[], datetime]
) -> Enrolled:
    """Make the station's key if there is none, tell central its public half, and pin central. Safe to repeat.

    The code is said only to the central that made it.
    Errors: WrongCentral; Unreachable; Refused; KeysRefused, when the station is pinned to another central;
            BadAddress; BadKeyFile; OSError.
    """
    document, central = _centrals_word(url)
    if not invitation.is_of(central):
        raise WrongCentral
    device = device_key(keys)
    wish = {"code": invitation.secret, "station": station, "public_key": public_text(device.public_key())}
    line = open_line(url, _SECONDS, Credentials(device, central, now))
    try:
        line.ask(
            "POST", "/v1/stations", content=canonical(wish), headers={"Content-Type": JSON}, expect={201}
        )
    finally:
        line.close()
    create_station_keys(keys, central, document)
    return Enrolled(station, short_fingerprint(device.public_key()))


def _centrals_word(url: str) -> tuple[bytes, Ed25519PublicKey]:
    """The key set of whoever is there, and the key it is signed with: not believed yet."""
    line = open_line(url, _SECONDS)
    try:
        document = line.ask("GET", "/v1/keys", expect={200}).body
    finally:
        line.close()
    try:
        key = public_key(take_apart(document).payload["central"])
        open_key_set(document, key)
    except (BadDocument, KeyError, TypeError) as why:
        raise Unreachable(LineFault.CAPTIVE_PORTAL, "no key set of any central") from why
    return document, key

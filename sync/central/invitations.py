"""One-time codes for new stations. Central keeps only what it needs to recognise one."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from sync.central import stations
from sync.durable import writing
from sync.envelope import key_id
from sync.invitation import Invitation, new_invitation
from sync.times import stamp


class CodeUnknown(Exception):
    """Nobody was invited with this code."""


class CodeExpired(Exception):
    """The code was not used in time."""


class CodeUsed(Exception):
    """Another station used the code."""


class OtherStation(Exception):
    """The code is for a station with another id."""


def invite(
    db: Database, central: Ed25519PublicKey, station: str | None, *, at: datetime, lasts: timedelta
) -> Invitation:
    """Make a code for one station; for any id, if none is given.

    Errors: stations.BadStation.
    """
    if station is not None:
        stations.must_be_id(station)
    invitation = new_invitation(central)
    row = {"secret_sha256": _digest(invitation.secret), "station": station, "expires_at": stamp(at + lasts)}
    with writing(db):
        db.table("invitations").insert(row)
    return invitation


def redeem(db: Database, secret: str, station: str, key: Ed25519PublicKey, at: datetime) -> None:
    """Let a station in that knows a code. The same station again is fine: its answer may have been lost.

    Errors: CodeUnknown; CodeExpired; CodeUsed; OtherStation; stations.BadStation; stations.StationKnown.
    """
    with writing(db):
        found = list(db.table("invitations").rows_where("secret_sha256 = ?", [_digest(secret)]))
        if not found:
            raise CodeUnknown
        [invited] = found
        if invited["used_by"] not in {None, key_id(key)}:
            raise CodeUsed
        if invited["used_by"] is None and stamp(at) > invited["expires_at"]:
            raise CodeExpired
        if invited["station"] not in {None, station}:
            raise OtherStation
        stations.introduce(db, station, key)
        db.table("invitations").update(invited["secret_sha256"], {"used_by": key_id(key)})


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

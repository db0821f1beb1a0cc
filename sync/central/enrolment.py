"""Taking a station in that knows a one-time code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from sync.central import guard, invitations, stations
from sync.central.context import answer, central, database
from sync.central.problems import WireProblem
from sync.central.problems.door import Revoked
from sync.central.problems.stations import (
    BadEnrolment,
    InvitationExpired,
    InvitationOfOther,
    InvitationUnknown,
    InvitationUsed,
    StationKnownProblem,
)
from sync.central.spoken import Signer, Speech, speaks
from sync.envelope import BadDocument, key_id, public_key, read_canonical
from sync.invitation import short_fingerprint

bp = Blueprint("enrolment", __name__)

_REFUSALS: dict[type[Exception], type[WireProblem]] = {
    invitations.CodeUnknown: InvitationUnknown,
    invitations.CodeExpired: InvitationExpired,
    invitations.CodeUsed: InvitationUsed,
    invitations.OtherStation: InvitationOfOther,
    stations.BadStation: BadEnrolment,
    stations.StationKnown: StationKnownProblem,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new station says. Shape: `code` is the secret half of the invitation, `public_key` base64url."""

    code: str
    station: str
    public_key: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """What both sides show now. Shape: `fingerprint` as in sync.invitation.short_fingerprint."""

    station: str
    fingerprint: str


@bp.post("/v1/stations")
@speaks(
    Speech(takes=Wish, gives={201: Welcome}, refuses=(*_REFUSALS.values(), Revoked), signer=Signer.NEWCOMER)
)
def enrol() -> Response:
    """Take over a station's public key. Its private half signs the request, and is there then."""
    wish = _wish()
    try:
        key = public_key(wish.public_key)
    except BadDocument as why:
        raise BadEnrolment("public_key") from why
    guard.who_asks({key_id(key): key}.get)
    known = stations.by_key(database(), key_id(key))
    if known and known.is_revoked:
        raise Revoked
    try:
        invitations.redeem(database(), wish.code, wish.station, key, central().now())
    except tuple(_REFUSALS) as why:
        raise _REFUSALS[type(why)] from why
    return answer(Welcome(wish.station, short_fingerprint(key)), 201)


def _wish() -> Wish:
    try:
        wish: Any = read_canonical(request.get_data())
    except BadDocument as why:
        raise BadEnrolment from why
    if not isinstance(wish, dict) or wish.keys() != {"code", "station", "public_key"}:
        raise BadEnrolment("fields")
    if not all(isinstance(value, str) for value in wish.values()):
        raise BadEnrolment("fields")
    return Wish(**wish)

"""What anybody may ask: the key set, the time, and how central is."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from flask import Blueprint, Response, render_template, request

from sync.central import guard, store
from sync.central.context import central, database, document
from sync.central.problems.door import Revoked
from sync.central.problems.requests import BadHeader
from sync.central.spoken import Signed, Signer, Speech, speaks
from sync.envelope import Context, sign_document
from sync.keyset import KeySet, open_key_set
from sync.times import stamp

bp = Blueprint("public", __name__)


@dataclass(frozen=True, slots=True)
class Moment:
    """Central's time. Shape: `nonce` is the asker's. Units: UTC text with milliseconds."""

    nonce: str
    time: str


@bp.get("/v1/keys")
@speaks(Speech(gives={200: Signed(KeySet)}, signer=Signer.NOBODY))
def keys() -> Response:
    """The signed key set."""
    return document(_key_set())


@bp.get("/v1/time")
@speaks(
    Speech(
        gives={200: Signed(Moment)},
        refuses=(BadHeader, Revoked),
        asks={"nonce": "[A-Za-z0-9_-]{8,64}"},
        signer=Signer.NOBODY,
    )
)
def time() -> Response:
    """Central's time, signed together with the asker's nonce, so that an old answer cannot be replayed.

    It is the smallest of questions, with which a station knocks: one that was revoked hears so here.
    """
    guard.turn_away_revoked()
    nonce = request.args.get("nonce", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,64}", nonce):
        raise BadHeader("nonce: 8 to 64 characters of base64url")
    moment = Moment(nonce, stamp(central().now()))
    return document(sign_document(asdict(moment), central().keys.signing, Context.TIME))


@bp.get("/")
def home() -> str:
    """A page for a person: what is here, counted. No personal data."""
    key_set = open_key_set(_key_set(), central().keys.public_key)
    return render_template("home.html", totals=store.totals(database()), key_set=key_set)


@bp.get("/favicon.ico")
def icon() -> Response:
    """No picture; browsers ask all the same."""
    return Response(status=204)


def _key_set() -> bytes:
    return central().folder.key_set.read_bytes()  # anew each time: it may have been changed since the start

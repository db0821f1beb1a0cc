"""The return file over the wire, for a station that only a relay reaches."""

from __future__ import annotations

from io import BytesIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Blueprint, Response, request

from sync.bundle import BadBundle, read_bundle
from sync.central import bundles, guard
from sync.central.problems.declarations import BadBundleProblem
from sync.central.spoken import Speech, Stream, speaks
from sync.wire import BYTES, LINES

bp = Blueprint("returns", __name__)


@bp.post("/v1/returns")
@speaks(Speech(takes=Stream(BYTES), gives={200: Stream(LINES)}, refuses=(BadBundleProblem,)))
def give() -> Response:
    """Answer a bundle without parts with its return: words about its items, and a page of the news.

    Any station may carry it; what counts is the signature of the station that wrote it, and central's.
    """
    try:
        with read_bundle(BytesIO(request.get_data()), "this", _key_of) as bundle:
            taken = bundles.take_from(bundle, lambda _size: None)
    except BadBundle as why:
        raise BadBundleProblem from why
    return Response(bundles.answer_to(taken, pages=1), content_type=LINES)


def _key_of(station: str) -> Ed25519PublicKey:
    return guard.must_be_known(station).key

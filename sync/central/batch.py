"""Announcing many declarations in one round trip: on a slow line one question beats forty."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request

from sync.central import declarations, guard
from sync.central.context import answer
from sync.central.problems import BadBatch, WireProblem
from sync.envelope import BadDocument, canonical
from sync.wire import MAX_BATCH

bp = Blueprint("batch", __name__)
bp.before_request(guard.admit)


@bp.post("/v1/declarations:batch")
def announce() -> Response:
    """Take manifests, each on its own: one that is refused does not keep the others out.

    Shape: {manifests: [document]} -> {results: [{uuid, status, missing} or {status, code}]}, in order.
    """
    return answer({"results": [_announced(document) for document in _documents()]})


def _documents() -> list[bytes]:
    try:
        manifests = json.loads(request.get_data())["manifests"]
        documents = [canonical(each) for each in manifests]
    except (BadDocument, KeyError, TypeError, ValueError, RecursionError) as why:
        raise BadBatch from why
    if not isinstance(manifests, list) or len(documents) > MAX_BATCH:
        raise BadBatch(f"at most {MAX_BATCH}")
    return documents


def _announced(document: bytes) -> dict[str, Any]:
    try:
        manifest, is_new = declarations.take(document)
    except WireProblem as why:
        return {"status": why.status, "code": why.code}
    missing = declarations.missing(manifest)
    return {"uuid": manifest.uuid, "status": 201 if is_new else 200, "missing": missing}

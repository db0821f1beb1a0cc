"""Announcing many declarations in one round trip: on a slow line one question beats forty."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, Response, request

from sync.central import declarations
from sync.central.context import answer
from sync.central.explaining import Wanted
from sync.central.problems import WireProblem
from sync.central.problems.declarations import BadBatch
from sync.central.spoken import Speech, speaks
from sync.envelope import BadDocument, canonical
from sync.wire import MAX_BATCH

bp = Blueprint("batch", __name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """Many manifests, each judged by itself."""

    manifests: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one of them. Shape: `uuid` and `missing` when it was taken, `code` when it was not."""

    status: int
    uuid: str | None = None
    missing: tuple[Wanted, ...] | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """One for each manifest, in order."""

    results: tuple[Result, ...]


@bp.post("/v1/declarations:batch")
@speaks(Speech(takes=Batch, gives={200: Results}, refuses=(BadBatch,)))
def announce() -> Response:
    """Take manifests, each on its own: one that is refused does not keep the others out."""
    return answer(Results(tuple(_announced(document) for document in _documents())))


def _documents() -> list[bytes]:
    try:
        asked = json.loads(request.get_data())
        manifests = asked["manifests"]
        documents = [canonical(each) for each in manifests]
    except (BadDocument, KeyError, TypeError, ValueError, RecursionError) as why:
        raise BadBatch from why
    if asked.keys() != {"manifests"} or not isinstance(manifests, list) or len(documents) > MAX_BATCH:
        raise BadBatch(f"at most {MAX_BATCH}")
    return documents


def _announced(document: bytes) -> Result:
    try:
        manifest, is_new = declarations.take(document)
    except WireProblem as why:
        return Result(why.status, code=why.code)
    return Result(201 if is_new else 200, manifest.uuid, declarations.missing(manifest))

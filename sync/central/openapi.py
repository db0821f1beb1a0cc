"""The OpenAPI document of the wire, made from the views that serve it: there is no second truth."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, Flask, Response, current_app
from werkzeug.routing import Rule

from sync.central.context import answer
from sync.central.explaining import Problem
from sync.central.problems import WireProblem
from sync.central.problems.door import AT_THE_DOOR
from sync.central.problems.requests import ALWAYS, PageUnknown, TooLarge
from sync.central.schemas import Schema, Schemas
from sync.central.spoken import Body, Signer, Speech, Stream, speaks, speech_of
from sync.wire import JSON, PROBLEM

bp = Blueprint("openapi", __name__)

_SIGNATURE: Schema = {"type": "apiKey", "in": "header", "name": "Signature"}
_SIGNATURE |= {"description": "RFC 9421 with Ed25519; sync/signatures.py says what is covered."}


@bp.get("/v1/openapi.json")
@speaks(Speech(gives={200: dict}, signer=Signer.NOBODY))
def openapi() -> Response:
    """Give this very document."""
    return answer(document_of(current_app))


def document_of(app: Flask) -> Schema:
    """Describe what the views of this application take and give."""
    schemas, paths = Schemas(), Schema()
    for rule, method, speech in _spoken(app):
        path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _operation(app, rule, speech, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "The wire between station and central", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas.named, "securitySchemes": {"station": _SIGNATURE}},
    }


def _spoken(app: Flask) -> Iterator[tuple[Rule, str, Speech]]:
    for rule in app.url_map.iter_rules():
        speech = speech_of(app, rule.endpoint)
        methods = set(rule.methods or ())
        by_flask = {"OPTIONS"} if len(methods) > 1 else set()
        by_flask |= {"HEAD"} if "GET" in methods else set()
        if speech is not None:
            yield from ((rule, method, speech) for method in sorted(methods - by_flask))


def _operation(app: Flask, rule: Rule, speech: Speech, schemas: Schemas) -> Schema:
    view = app.view_functions[rule.endpoint]
    summary = inspect.getdoc(view) or ""
    operation: Schema = {"operationId": rule.endpoint, "summary": summary.split("\n")[0]}
    operation["security"] = [] if speech.signer is Signer.NOBODY else [{"station": []}]
    operation["parameters"] = _parameters(rule, speech)
    if speech.takes is not None:
        operation["requestBody"] = {"required": True, "content": _content(speech.takes, schemas)}
    operation["responses"] = _answers(speech, schemas) | _refusals(rule, speech, schemas)
    return operation


def _parameters(rule: Rule, speech: Speech) -> list[Schema]:
    path = [_parameter(name, "path", ".+") for name in sorted(rule.arguments)]
    query = [_parameter(name, "query", pattern) for name, pattern in speech.asks.items()]
    return path + query + [_parameter(name, "header", pattern) for name, pattern in speech.needs.items()]


def _parameter(name: str, place: str, pattern: str) -> Schema:
    schema = {"type": "string", "pattern": f"^{pattern}$"}
    return {"name": name, "in": place, "required": True, "schema": schema}


def _answers(speech: Speech, schemas: Schemas) -> Schema:
    said: Schema = {}
    for status, body in speech.gives.items():
        said[str(status)] = {"description": HTTPStatus(status).phrase}
        if body is not None:
            said[str(status)]["content"] = _content(body, schemas)
        if speech.adds:
            said[str(status)]["headers"] = {
                name: {"description": words, "required": True, "schema": {"type": "string"}}
                for name, words in speech.adds.items()
            }
    return said


def _refusals(rule: Rule, speech: Speech, schemas: Schemas) -> Schema:
    """Every refusal by its status, with the codes it may bear."""
    kinds: list[type[WireProblem]] = [*speech.refuses, *ALWAYS]
    kinds += AT_THE_DOOR if speech.signer is not Signer.NOBODY else ()
    kinds += [PageUnknown] if rule.arguments else []
    kinds += [TooLarge] if speech.takes is not None else []
    by_status: dict[int, list[type[WireProblem]]] = {}
    for kind in dict.fromkeys(kinds):
        by_status.setdefault(kind.status, []).append(kind)
    return {str(status): _refusal(of_status, schemas) for status, of_status in sorted(by_status.items())}


def _refusal(kinds: list[type[WireProblem]], schemas: Schemas) -> Schema:
    codes = [kind.code for kind in kinds]
    schema = {"allOf": [schemas.of(Problem), {"properties": {"code": {"enum": codes}}}]}
    said: Schema = {
        "description": " ".join(kind.title for kind in kinds),
        "content": {PROBLEM: {"schema": schema}},
    }
    if all(kind.retry_after for kind in kinds):
        wait = {
            "description": "Seconds.",
            "required": True,
            "schema": {"type": "string", "pattern": "^[0-9]+$"},
        }
        said["headers"] = {"Retry-After": wait}
    return said


def _content(body: Body, schemas: Schemas) -> Schema:
    if isinstance(body, Stream):
        return {body.media: {"schema": {"type": "string", "contentMediaType": body.media}}}
    return {JSON: {"schema": schemas.of(body)}}

"""Telling a refusal as RFC 9457 problem details: never as a page, never with a traceback."""

from __future__ import annotations

import errno
import logging
import sqlite3
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from sync.central.problems import WireProblem
from sync.central.problems.requests import CentralBusy, CentralFull, TooLarge
from sync.envelope import canonical
from sync.wire import PROBLEM

log = logging.getLogger(__name__)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part that is not here whole. Units: `offset` is how many of its bytes are."""

    sha256: str
    offset: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal. Shape: `detail` names a field or limit, never a value; `missing` is there when parts are."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    missing: tuple[Wanted, ...] = ()


def explain_on(app: Flask) -> None:
    """Answer every failure of the wire as a problem."""
    app.register_error_handler(WireProblem, _wire)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(sqlite3.OperationalError, _database)
    app.register_error_handler(OSError, _disk)


def _wire(problem: WireProblem) -> Response:
    answer = _answer(problem.status, problem.code, problem.title, detail=problem.detail, **problem.members)
    if problem.retry_after:
        answer.headers["Retry-After"] = str(problem.retry_after)
    return answer


def _http(problem: HTTPException) -> Response:
    if problem.code == TooLarge.status:
        return _wire(TooLarge("more than any request may hold"))
    status = problem.code or 500
    answer = _answer(status, problem.name.lower().replace(" ", "-").replace("'", ""), problem.name)
    for name, value in problem.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _database(why: sqlite3.OperationalError) -> Response:
    log.error("database: %s", why)
    return _wire(CentralBusy())


def _disk(why: OSError) -> Response:
    log.error("disk: %s", why.strerror)
    return _wire(CentralFull() if why.errno in _FULL else CentralBusy())


def _answer(status: int, code: str, title: str, **members: Any) -> Response:
    body = {"type": f"urn:bhxh-station:problem:{code}", "title": title, "status": status, "code": code}
    known = {name: value for name, value in members.items() if value != ""}
    return Response(canonical(body | known), status, content_type=PROBLEM)

"""What every view of central works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from flask import Response, current_app, g
from sqlite_utils import Database

from sync.central.blobs import Blobs
from sync.central.folder import CentralFolder
from sync.central.setup import CentralKeys
from sync.durable import open_db
from sync.envelope import canonical
from sync.wire import JSON


@dataclass(frozen=True, slots=True)
class Central:
    """Everything that touches the world, handed in once."""

    folder: CentralFolder
    keys: CentralKeys
    blobs: Blobs
    now: Callable[[], datetime]


def central() -> Central:
    """The central this request is for."""
    found: Central = current_app.extensions["central"]
    return found


def database() -> Database:
    """This request's own connection; closed when the request ends."""
    if "db" not in g:
        g.db = open_db(central().folder.database)
    db: Database = g.db
    return db


def close_database(_why: BaseException | None = None) -> None:
    """Close what `database` opened."""
    db: Database | None = g.pop("db", None)
    if db is not None:
        db.close()


def answer(value: Any, status: int = 200) -> Response:
    """Answer with JSON: a plain value, or one of our types."""
    plain = _plain(value)
    return Response(canonical(plain), status, content_type=JSON)


def document(data: bytes, status: int = 200) -> Response:
    """Answer with a signed document, byte for byte."""
    return Response(data, status, content_type=JSON)


def _plain(value: Any) -> Any:
    """As JSON has it: our types as objects, tuples as lists, and what is None left out."""
    if is_dataclass(value) and not isinstance(value, type):
        members = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: _plain(each) for name, each in members.items() if each is not None}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value

"""What each address of the wire takes and gives, said once, where its view is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import UnionType
from typing import Any, TypeVar

from flask import Flask, current_app, request

from sync.central.problems import WireProblem

View = TypeVar("View", bound=Callable[..., Any])


class Signer(Enum):
    """Who must have signed a request."""

    STATION = "a station that central knows"
    NEWCOMER = "whoever holds the key that is to be introduced"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Signed:
    """A document of sync.envelope around a payload of this type."""

    payload: type


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes of a sealed part. Shape: `media` is their content type."""

    media: str


Body = type | UnionType | Signed | Stream | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What one view takes and gives.

    Shape: `gives` maps a status to its body; `asks` maps an argument of the query to its pattern, `needs` a
           header to its pattern, `adds` a header of the answer to what it says.
    """

    takes: Body = None
    gives: Mapping[int, Body]
    refuses: tuple[type[WireProblem], ...] = ()
    signer: Signer = Signer.STATION
    asks: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    adds: Mapping[str, str] = field(default_factory=dict)


def speaks(speech: Speech) -> Callable[[View], View]:
    """Say what a view takes and gives."""

    def said(view: View) -> View:
        view.__dict__["speech"] = speech
        return view

    return said


def speech_of(app: Flask, endpoint: str) -> Speech | None:
    """What the view behind an endpoint takes and gives; None for pages and pictures."""
    view = app.view_functions[endpoint]
    found: Speech | None = getattr(view, "speech", None)
    return found


def asked_of() -> Speech | None:
    """What the view that this request is for takes and gives; None when there is none."""
    return speech_of(current_app, request.endpoint) if request.endpoint else None

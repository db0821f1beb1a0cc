"""An event: what central tells stations afterwards, each a document signed by central."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.envelope import BadDocument, Context, Payload, open_document, sign_document, take_apart
from sync.manifest import is_declaration_id
from sync.times import is_stamp

_PART = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
_FIELDS = {"seq", "kind", "at", "station", "declaration", "reasons", "key_set"}
_MORE = {"directory"}  # there when it is about one: what was signed before stays as it is
_STATION = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}")


class Kind(StrEnum):
    """What happened."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    KEYS = "keys"
    DIRECTORY = "directory"


class Fault(StrEnum):
    """Why a part of a declaration is returned.

    Source: the reasons VssID gives for returned declarations.
    """

    BLURRED = "blurred"
    CUT_OFF = "cut-off"
    GLARE = "glare"
    UNCLEAR = "unclear"
    WRONG = "wrong"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to be mended. Shape: `part` is a photo, "birth-certificate", or a field, "phone".

    Errors: BadDocument.
    """

    part: str
    reason: Fault

    def __post_init__(self) -> None:
        if not isinstance(self.part, str) or not _PART.fullmatch(self.part):
            raise BadDocument("event: part")
        try:
            object.__setattr__(self, "reason", Fault(self.reason))
        except ValueError as why:
            raise BadDocument("event: reason") from why


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing central tells. No personal data.

    Shape:  `seq` counts over all stations, with gaps for each; `station` is None for all of them. `reasons`
            are there when a declaration is returned, `key_set`, a signed document, when keys change,
            `directory`, packed by sync.directory, when the agencies do.
    Units:  `at` is central's clock, UTC text with milliseconds.
    Errors: BadDocument.
    """

    seq: int
    kind: Kind
    at: str
    station: str | None = None
    declaration: str | None = None
    reasons: tuple[Reason, ...] = ()
    key_set: str | None = None
    directory: str | None = None

    def __post_init__(self) -> None:
        if type(self.seq) is not int or not 0 < self.seq < 2**53 or not is_stamp(self.at):
            raise BadDocument("event: seq or at")
        if self.station is not None and not _is_station(self.station):
            raise BadDocument("event: station")
        if not self._is_about_one_thing():
            raise BadDocument("event: about what")
        if bool(self.reasons) != (self.kind is Kind.RETURNED):
            raise BadDocument("event: reasons")

    def _is_about_one_thing(self) -> bool:
        held = {Kind.KEYS: self.key_set, Kind.DIRECTORY: self.directory}
        wanted = held.pop(self.kind, self.declaration)
        others = [*held.values(), *([self.declaration] if self.kind in (Kind.KEYS, Kind.DIRECTORY) else [])]
        fits = isinstance(wanted, str) and (wanted is not self.declaration or is_declaration_id(wanted))
        return fits and not any(each is not None for each in others)


def sign_event(event: Event, key: Ed25519PrivateKey) -> bytes:
    """Return the event as a document signed by central."""
    payload = asdict(event) | {"reasons": [asdict(reason) for reason in event.reasons]}
    if event.directory is None:
        del payload["directory"]
    return sign_document(payload, key, Context.EVENT)


def open_event(data: bytes, central: Ed25519PublicKey) -> Event:
    """Return the event that central signed.

    Errors: BadDocument, also for a kind that this version does not know; BadSignature.
    """
    return _event(open_document(data, central, Context.EVENT))


def read_event(data: bytes) -> Event:
    """Read an event whose signature was checked before it was stored.

    Errors: BadDocument.
    """
    return _event(take_apart(data).payload)


def _event(payload: Payload) -> Event:
    if not _FIELDS <= payload.keys() <= _FIELDS | _MORE or not isinstance(payload["reasons"], list):
        raise BadDocument("event: fields")
    try:
        reasons = tuple(Reason(**each) for each in payload["reasons"])
        return Event(**payload | {"kind": Kind(payload["kind"]), "reasons": reasons})
    except (TypeError, ValueError) as why:
        raise BadDocument("event: values") from why


def _is_station(value: Any) -> bool:
    return isinstance(value, str) and _STATION.fullmatch(value) is not None

"""The return file: what central answers to a bundle, for the way back on the stick.

Shape: the first line is signed by central and holds the sha-256 of the rest; each other line is an
       acknowledgement or an event, signed by central too, or a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.bundle import BadBundle
from sync.envelope import (
    BadDocument,
    BadSignature,
    Context,
    canonical,
    open_document,
    read_canonical,
    sign_document,
    take_apart,
)
from sync.manifest import is_sha256


class WrongStation(BadBundle):
    """A return for another station than this one."""

    def __init__(self, station: str, here: str) -> None:
        super().__init__(f"this return is for station {station}, not for {here}; bring it there")
        self.station = station


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that central will not take. Shape: `code` as on the wire."""

    uuid: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Everything central has to say to a bundle.

    Shape: `after` is the event after which `events` go on; documents are as central signed them.
    """

    bundle: str
    station: str
    after: int
    acknowledgements: tuple[bytes, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    events: tuple[bytes, ...] = ()


def write_return(answer: Return, key: Ed25519PrivateKey) -> bytes:
    """Return the file, signed by central."""
    lines = [{"acknowledgement": read_canonical(each)} for each in answer.acknowledgements]
    lines += [{"refusal": asdict(each)} for each in answer.refusals]
    lines += [{"event": read_canonical(each)} for each in answer.events]
    body = b"".join(canonical(each) + b"\n" for each in lines)
    heading = {"bundle": answer.bundle, "station": answer.station, "after": answer.after}
    heading["body_sha256"] = sha256(body).hexdigest()
    return sign_document(heading, key, Context.RETURN) + b"\n" + body


def open_return(data: bytes, central: Ed25519PublicKey, station: str) -> Return:
    """Read a return that the pinned central wrote for this station.

    Errors: BadBundle, and then nothing in it counts.
    """
    first, _, body = data.partition(b"\n")
    try:
        heading = _heading(first, central)
        _must_be_for(station, heading)
        return _assembled(heading, _lines(body, heading))
    except BadSignature as why:
        raise BadBundle("this return is not from our central; nothing was taken from it") from why
    except (BadDocument, KeyError, TypeError, AttributeError) as why:
        raise BadBundle(
            "this is no return, or it was changed on the way; nothing was taken from it: copy it again, "
            "or import the bundle at central once more"
        ) from why


def _heading(document: bytes, central: Ed25519PublicKey) -> dict[str, Any]:
    take_apart(document)  # not even a document: told apart from another central's
    heading = open_document(document, central, Context.RETURN)
    if heading.keys() != {"bundle", "station", "after", "body_sha256"} or type(heading["after"]) is not int:
        raise BadDocument("return: heading")
    if not is_sha256(str(heading["body_sha256"])):
        raise BadDocument("return: heading")
    return heading


def _must_be_for(station: str, heading: dict[str, Any]) -> None:
    if (other := heading["station"]) != station:
        raise WrongStation(str(other), station)


def _lines(body: bytes, heading: dict[str, Any]) -> list[dict[str, Any]]:
    if heading["body_sha256"] != sha256(body).hexdigest():
        raise BadDocument("return: body")
    return [read_canonical(each) for each in body.splitlines()]


def _assembled(heading: dict[str, Any], lines: Sequence[dict[str, Any]]) -> Return:
    return Return(
        bundle=heading["bundle"],
        station=heading["station"],
        after=heading["after"],
        acknowledgements=_all("acknowledgement", lines),
        refusals=tuple(Refusal(**each["refusal"]) for each in lines if "refusal" in each),
        events=_all("event", lines),
    )


def _all(name: str, lines: Sequence[dict[str, Any]]) -> tuple[bytes, ...]:
    return tuple(canonical(each[name]) for each in lines if name in each)

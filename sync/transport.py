"""Delivering one declaration: manifest, missing parts, commit, central's signed word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.acknowledgement import open_acknowledgement
from sync.answer import Answer
from sync.envelope import BadDocument, BadSignature
from sync.faults import LineFault, Refused, Unreachable
from sync.line import Line
from sync.manifest import Manifest, Part, read_manifest
from sync.outbox import Entry, Kind
from sync.parcels import DamagedPart, Parcels
from sync.wire import HASH_DIFFERS, JSON, OFFSET_DIFFERS, OFFSET_STREAM, TUS, TUS_HEADER

_ROUNDS = 3  # of uploading what central says is missing; more would only hide a fault
_TUS = {TUS_HEADER: TUS}


@dataclass(frozen=True, slots=True)
class Delivered:
    """Central's word, verified. Units: `received_at` is central's clock, UTC text with milliseconds."""

    received_at: str
    acknowledgement: bytes = field(repr=False)


class Transport(Protocol):
    """A way to central: a line, a relay."""

    def knock(self) -> None:
        """Return if central is there; costs as little as can be.

        Errors: Unreachable; Refused.
        """

    def announce(self, entries: Sequence[Entry]) -> None:
        """Tell central of many at once, which saves each a question. Need not be done.

        Errors: Unreachable; Refused, by a central that takes them only one by one.
        """

    def deliver(self, entry: Entry) -> Delivered:
        """Return once central has acknowledged. Repeating is always safe.

        Errors: Unreachable, to be tried again; Refused, to be put aside.
        """


@dataclass(frozen=True, slots=True)
class HttpTransport:
    """Over the wire of version 1. Only a signature by the pinned central key counts as delivered."""

    line: Line
    parcels: Parcels
    central: Ed25519PublicKey
    _wanted: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def knock(self) -> None:
        """Ask for the time; see Transport."""
        self.line.knock()

    def announce(self, entries: Sequence[Entry]) -> None:
        """Announce many declarations in one round trip; see Transport."""
        body = b'{"manifests":[' + b",".join(entry.manifest for entry in entries) + b"]}"
        headers = {"Content-Type": JSON}
        path = "/v1/declarations:batch"
        answer = self.line.ask("POST", path, content=body, headers=headers, expect={200}).json()
        try:
            # What is refused is announced again alone, and told why.
            taken = [result for result in answer["results"] if result["status"] in {200, 201}]
            self._wanted.update({result["uuid"]: result["missing"] for result in taken})
        except (KeyError, TypeError) as why:
            raise Unreachable(LineFault.CENTRAL_BUSY, "results that cannot be read") from why

    def deliver(self, entry: Entry) -> Delivered:
        """Deliver one declaration, or what follows it; see Transport."""
        if entry.kind is not Kind.DECLARATION:
            return self._tell(entry)
        try:
            manifest = read_manifest(entry.manifest)
        except BadDocument as why:
            raise Refused("manifest-unreadable", str(why)) from why
        wanted = self._wanted.pop(entry.uuid, None)
        missing = _missing(self._announce(entry) if wanted is None else wanted, manifest)
        for _ in range(_ROUNDS):
            for part, offset in missing:
                self._upload(part, offset)
            answer = self._commit(entry)
            if answer.status != 424:
                return believe(entry, answer, self.central)
            missing = _missing(_list(answer), manifest)
        raise Unreachable(LineFault.CENTRAL_BUSY, "central keeps asking for the same parts")

    def _tell(self, entry: Entry) -> Delivered:
        path, headers = f"/v1/{entry.kind}s", {"Content-Type": JSON}
        answer = self.line.ask("POST", path, content=entry.manifest, headers=headers, expect={200, 201})
        return believe(entry, answer, self.central)

    def _announce(self, entry: Entry) -> Any:
        path, headers = f"/v1/declarations/{entry.uuid}", {"Content-Type": JSON}
        return _list(self.line.ask("PUT", path, content=entry.manifest, headers=headers, expect={200, 201}))

    def _upload(self, part: Part, offset: int) -> None:
        content = read_whole(self.parcels, part)
        path = f"/v1/blobs/{part.sha256}"
        for _ in range(_ROUNDS):
            rest = content[offset:]
            headers = {**_TUS, "Content-Type": OFFSET_STREAM, "Upload-Offset": str(offset)}
            headers["Content-Length"] = str(len(rest))  # also when nothing is left but central's check
            try:
                self.line.ask("PATCH", path, content=rest, headers=headers, expect={204})
            except Refused as why:
                offset = self._other_offset(part, why)
            else:
                return
        raise Unreachable(LineFault.CUT, "the offset keeps moving")

    def _other_offset(self, part: Part, why: Refused) -> int:
        """Where to go on after central did not take the bytes at our offset."""
        if why.code == HASH_DIFFERS:
            return 0  # something on the way changed them; central has thrown them away
        if why.code != OFFSET_DIFFERS:
            raise why
        # An earlier try got further, or less far, than we heard.
        answer = self.line.ask("HEAD", f"/v1/blobs/{part.sha256}", headers=_TUS, expect={200, 204})
        text = answer.headers.get("Upload-Offset", "")
        if not text.isascii() or not text.isdigit() or int(text) > part.size:
            raise Unreachable(LineFault.CAPTIVE_PORTAL, "no offset")
        return int(text)

    def _commit(self, entry: Entry) -> Answer:
        return self.line.ask("POST", f"/v1/declarations/{entry.uuid}/commit", expect={200, 201, 424})


@dataclass(frozen=True, slots=True)
class ForOthers:
    """A relay's transport: what central says about one station must not keep the others' items waiting."""

    wire: HttpTransport

    def knock(self) -> None:
        """Ask for the time; see Transport."""
        self.wire.knock()

    def announce(self, entries: Sequence[Entry]) -> None:
        """Announce many declarations in one round trip; see Transport."""
        self.wire.announce(entries)

    def deliver(self, entry: Entry) -> Delivered:
        """Deliver one item; its station may be unknown or revoked, and that is no fault of the line."""
        try:
            return self.wire.deliver(entry)
        except Unreachable as why:
            if why.fault in {LineFault.NOT_ENROLLED, LineFault.REVOKED}:
                raise Unreachable(LineFault.CENTRAL_BUSY, why.detail) from why
            raise


def believe(entry: Entry, answer: Answer, central: Ed25519PublicKey) -> Delivered:
    """Return central's word about this very item, whoever handed it over.

    Errors: Unreachable, when it is not central's word.
    """
    try:
        word = open_acknowledgement(
            answer.body, central, declaration=entry.uuid, manifest_sha256=entry.manifest_sha256
        )
    except BadSignature as why:
        raise Unreachable(LineFault.BAD_SIGNATURE, "not signed by the pinned central") from why
    except BadDocument as why:
        raise Unreachable(LineFault.CAPTIVE_PORTAL, "not an acknowledgement") from why
    return Delivered(word.received_at, answer.body)


def read_whole(parcels: Parcels, part: Part) -> bytes:
    """Read a part to be sent.

    Errors: Refused, when it is damaged here.
    """
    try:
        return parcels.read_part(part)
    except DamagedPart as why:
        raise Refused("part-damaged", f"{part.name}: {why}") from why
    except OSError as why:
        raise Refused("part-unreadable", f"{part.name}: {why.strerror}") from why


def _list(answer: Answer) -> Any:
    return answer.json().get("missing")


def _missing(told: Any, manifest: Manifest) -> list[tuple[Part, int]]:
    """Read which parts central lacks, and from which byte on."""
    known = {part.sha256: part for part in manifest.parts}
    try:
        wanted = [(known[each["sha256"]], each["offset"]) for each in told]
    except (KeyError, TypeError) as why:
        raise Unreachable(LineFault.CAPTIVE_PORTAL, "no list of missing parts") from why
    if any(type(offset) is not int or not 0 <= offset <= part.size for part, offset in wanted):
        raise Unreachable(LineFault.CAPTIVE_PORTAL, "an offset outside its part")
    return wanted

"""A bundle: what waits at a station, as one file for a stick. Both sides read it here; `tar` opens it too.

Shape: heading.json, signed by the station; index.jsonl, whose sha-256 the heading holds, one line for each
       member that follows; then the members: "declaration/UUID.json", its sealed "part/SHA256" behind it.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.envelope import (
    MAX_DOCUMENT_BYTES,
    BadDocument,
    Context,
    canonical,
    open_document,
    read_canonical,
    sign_document,
    take_apart,
)
from sync.manifest import MAX_PART_BYTES, is_declaration_id, is_sha256
from sync.times import is_stamp

PART = "part"
_HEADING, _INDEX = "heading.json", "index.jsonl"
_NAME = re.compile(r"([a-z]{1,20})/([0-9a-f-]{36}|[0-9a-f]{64})(\.json)?")
_STATION = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}")
_MAX_INDEX_BYTES = 512 * 1024 * 1024
_BLOCK = tarfile.BLOCKSIZE


class BadBundle(Exception):
    """A file that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle. Units: `size` is bytes."""

    name: str
    sha256: str
    size: int

    def __post_init__(self) -> None:
        sound = isinstance(self.name, str) and _NAME.fullmatch(self.name) is not None
        sized = type(self.size) is int and 0 < self.size <= MAX_PART_BYTES
        if not sound or not sized or not isinstance(self.sha256, str) or not is_sha256(self.sha256):
            raise BadDocument("bundle: index")

    @property
    def kind(self) -> str:
        """What it is: "part", or the kind of an item."""
        return self.name.split("/")[0]

    @property
    def stem(self) -> str:
        """The item's uuid, or the part's sha-256."""
        return self.name.split("/")[1].removesuffix(".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a bundle is, signed by the station that wrote it.

    Shape:  `bundle` is a UUIDv7; `after` is the newest event the station has: the return brings the rest.
    Units:  `size` is bytes of all members, `made_at` the station's clock, UTC text with milliseconds.
    Errors: BadDocument.
    """

    bundle: str
    station: str
    made_at: str
    after: int
    items: int
    members: int
    size: int
    index_sha256: str

    def __post_init__(self) -> None:
        if not is_stamp(self.made_at):
            raise BadDocument("bundle: made_at")
        numbers = (self.after, self.items, self.members, self.size)
        if any(type(each) is not int or each < 0 for each in numbers):
            raise BadDocument("bundle: numbers")
        if not is_declaration_id(self.bundle) or not is_sha256(str(self.index_sha256)):
            raise BadDocument("bundle: id or index")
        if not isinstance(self.station, str) or not _STATION.fullmatch(self.station):
            raise BadDocument("bundle: station")


def size_of(members: Iterable[Member]) -> int:
    """How long the file becomes, and a little more. Units: bytes."""
    return sum(each.size + 2 * _BLOCK for each in members) + 1024 * 1024


class Sink(Protocol):
    """Where a bundle is written to."""

    def write(self, data: bytes, /) -> int:
        """Take all of it. Errors: OSError."""


def write_bundle(
    file: Sink,
    heading: bytes,
    index: bytes,
    members: Iterable[tuple[Member, bytes]],
    progress: Callable[[int], None],
) -> None:
    """Write a bundle into an open file; `progress` hears of each piece, in bytes.

    Errors: OSError.
    """
    # A stream of blocks: tarfile only ever writes.
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.USTAR_FORMAT) as tar:  # type: ignore[call-overload]
        for name, data in ((_HEADING, heading), (_INDEX, index)):
            _add(tar, name, data)
        for member, data in members:
            _add(tar, member.name, data)
            progress(member.size)


def sign_heading(heading: Heading, key: Ed25519PrivateKey) -> bytes:
    """Return the heading as a document signed by the station."""
    return sign_document(asdict(heading), key, Context.BUNDLE)


def write_index(members: Iterable[Member]) -> bytes:
    """Return the list of members, one line each."""
    return b"".join(canonical(asdict(each)) + b"\n" for each in members)


@dataclass(frozen=True, slots=True)
class Bundle:
    """An open bundle whose heading and index are what the station wrote."""

    heading: Heading
    index: tuple[Member, ...]
    _tar: tarfile.TarFile

    def members(self) -> Iterator[tuple[Member, bytes | None]]:
        """Hand out the members in order; None for one that was changed. Ends early where the file does."""
        for member in self.index:
            try:
                found = self._tar.next()
                data = _content(self._tar, found, member)
            except (tarfile.TarError, EOFError):
                return
            if found is None:
                return
            yield member, data


@contextmanager
def open_bundle(path: Path, key_of: Callable[[str], Ed25519PublicKey | None]) -> Iterator[Bundle]:
    """Open a bundle; `key_of` knows the stations.

    Errors: BadBundle; OSError.
    """
    with path.open("rb") as file, read_bundle(file, path.name, key_of) as bundle:
        yield bundle


@contextmanager
def read_bundle(
    file: BinaryIO, name: str, key_of: Callable[[str], Ed25519PublicKey | None]
) -> Iterator[Bundle]:
    """Do the same with an open file, which is called `name` when it cannot be used.

    Errors: BadBundle; OSError.
    """
    try:
        with tarfile.open(fileobj=file, mode="r|") as tar:
            heading, index = _opened(tar, key_of)
            yield Bundle(heading, index, tar)
    except (tarfile.TarError, EOFError) as why:
        raise BadBundle(f"{name} is no bundle, or only half of one; export it again") from why


def _opened(
    tar: tarfile.TarFile, key_of: Callable[[str], Ed25519PublicKey | None]
) -> tuple[Heading, tuple[Member, ...]]:
    document = _named(tar, _HEADING, MAX_DOCUMENT_BYTES)
    try:
        station = str(take_apart(document).payload.get("station"))
        key = key_of(station)
        if key is None:
            raise BadBundle("the bundle is from a station that central does not know; enrol it first")
        heading = Heading(**open_document(document, key, Context.BUNDLE))
        return heading, _members(_named(tar, _INDEX, _MAX_INDEX_BYTES), heading)
    except (BadDocument, TypeError) as why:
        raise BadBundle("the bundle was changed, nothing was taken from it; export it again") from why


def _members(index: bytes, heading: Heading) -> tuple[Member, ...]:
    if sha256(index).hexdigest() != heading.index_sha256:
        raise BadDocument("bundle: index")
    return tuple(Member(**_line(each)) for each in index.splitlines())


def _line(data: bytes) -> dict[str, Any]:
    value = read_canonical(data)
    if not isinstance(value, dict):
        raise BadDocument("bundle: index")
    return value


def _named(tar: tarfile.TarFile, name: str, at_most: int) -> bytes:
    found = tar.next()
    if found is None or found.name != name or found.size > at_most:
        raise tarfile.ReadError(name)
    data = _read(tar, found)
    if len(data) != found.size:
        raise tarfile.ReadError(name)
    return data


def _content(tar: tarfile.TarFile, found: tarfile.TarInfo | None, member: Member) -> bytes | None:
    if found is None or (found.name, found.size) != (member.name, member.size):
        return None
    data = _read(tar, found)
    return data if sha256(data).hexdigest() == member.sha256 else None


def _read(tar: tarfile.TarFile, found: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(found) if found.isreg() else None
    if file is None:
        raise tarfile.ReadError("not a file")
    tar.members.clear()  # type: ignore[attr-defined]  # or it would remember every one of them
    return file.read()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, BytesIO(data))
    tar.members.clear()  # type: ignore[attr-defined]  # or it would remember every one of them

"""Taking a bundle in from a stick: the same checks and the same words as over the line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.bundle import PART, BadBundle, Bundle, Heading, Member, open_bundle
from sync.central import declarations, events, notices, stations, store
from sync.central.blobs import HashDiffers, OffsetDiffers
from sync.central.context import central, database
from sync.central.problems import WireProblem
from sync.central.problems.declarations import PartsMissing
from sync.event import read_event
from sync.homeward import Refusal, Return, write_return
from sync.manifest import Part
from sync.notice import NoticeKind

DECLARATION = "declaration"
_TRIES = 3


@dataclass(slots=True)
class TakenIn:
    """What came of a bundle.

    Shape: `damaged` are the ids of items of which something was changed or is missing; they still wait.
    """

    heading: Heading
    acknowledgements: list[bytes] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    new: int = 0

    def note(self, uuid: str, data: bytes, kind: NoticeKind) -> None:
        """Take a notice and give central's word about it."""
        try:
            word, is_new = notices.take(data, kind)
        except WireProblem as why:
            self.refusals.append(Refusal(uuid, why.code))
        else:
            self.acknowledgements.append(word)
            self.new += is_new

    def acknowledge(self, uuid: str) -> None:
        """Give central's word about a declaration whose parts have all come."""
        try:
            word, is_new = declarations.acknowledge(uuid)
        except PartsMissing:
            self.damaged.append(uuid)
        except WireProblem as why:
            self.refusals.append(Refusal(uuid, why.code))
        else:
            self.acknowledgements.append(word)
            self.new += is_new


def take_in(path: Path, progress: Callable[[int], None]) -> TakenIn:
    """Take in what is whole, each declaration on its own. The same bundle again gives the same words.

    Runs in central's application context; `progress` hears how many bytes are done.
    Errors: BadBundle; OSError, when the disk is full.
    """
    with open_bundle(path, _key_of) as bundle:
        return take_from(bundle, progress)


def take_from(bundle: Bundle, progress: Callable[[int], None]) -> TakenIn:
    """Do the same with an open bundle."""
    taken = TakenIn(bundle.heading)
    _take_members(bundle, taken, progress)
    return taken


def answer_to(taken: TakenIn, pages: int | None = None) -> bytes:
    """Return the file for the way back: words about this bundle and the news, all or so many pages."""
    heading = taken.heading
    return write_return(
        Return(
            bundle=heading.bundle,
            station=heading.station,
            after=heading.after,
            acknowledgements=tuple(taken.acknowledgements),
            refusals=tuple(taken.refusals),
            events=tuple(_unheard(heading, pages)),
        ),
        central().keys.signing,
    )


def _take_members(bundle: Bundle, taken: TakenIn, progress: Callable[[int], None]) -> None:
    contents = bundle.members()
    under_way: str | None = None
    for member in bundle.index:
        _, data = next(contents, (member, None))  # a file that was cut holds nothing more
        if member.kind == PART:
            _keep(member, data)
        else:
            if under_way is not None:
                taken.acknowledge(under_way)
            under_way = _begun(member, data, taken)
        progress(member.size)
    if under_way is not None:
        taken.acknowledge(under_way)


def _begun(member: Member, data: bytes | None, taken: TakenIn) -> str | None:
    """Take a manifest; return its id if its parts are to follow."""
    if data is None:
        taken.damaged.append(member.stem)
        return None
    if member.kind in set(NoticeKind):
        taken.note(member.stem, data, NoticeKind(member.kind))
        return None
    if member.kind != DECLARATION:
        taken.refusals.append(Refusal(member.stem, "unknown-kind"))
        return None
    try:
        declarations.take(data, member.stem)
    except WireProblem as why:
        taken.refusals.append(Refusal(member.stem, why.code))
        return None
    return member.stem


def _keep(member: Member, data: bytes | None) -> None:
    """Keep a part that was announced; what came of it over the line is gone on from."""
    if data is None or store.part_size(database(), member.sha256) != member.size:
        return
    part, blobs = Part("part", member.sha256, member.size), central().blobs
    for _ in range(_TRIES):
        offset = blobs.offset(part.sha256, part.size)
        try:
            blobs.append(part, offset, part.size - offset, BytesIO(data[offset:]).read)
        except (OffsetDiffers, HashDiffers):
            continue  # the line brings it at this moment, or brought it damaged
        return


def _key_of(station: str) -> Ed25519PublicKey | None:
    known = stations.find(database(), station)
    if known is not None and known.is_revoked:
        raise BadBundle(f"station {station} may no longer send; nothing was taken from the bundle")
    return known.key if known else None


def _unheard(heading: Heading, pages: int | None) -> list[bytes]:
    told: list[bytes] = []
    after = heading.after
    while pages != 0 and (page := events.since(database(), heading.station, after)):
        told += page
        after = read_event(page[-1]).seq
        pages = None if pages is None else pages - 1
    return told

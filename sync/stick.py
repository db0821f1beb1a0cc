"""The station's side of a USB stick: what waits goes out as one file, central's return comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database
from uuid_utils.compat import uuid7

from sync import events, outbox
from sync.acknowledgement import open_acknowledgement
from sync.bundle import PART, BadBundle, Heading, Member, sign_heading, size_of, write_bundle, write_index
from sync.envelope import BadDocument, take_apart
from sync.event import Event
from sync.homeward import Refusal, Return, open_return
from sync.keys import StationKeys
from sync.manifest import read_manifest
from sync.news import believed, take
from sync.outbox import Entry, Kind, State
from sync.parcels import DamagedPart, Parcels
from sync.stick_file import SUFFIX, Fault, StickTrouble, in_words, stick_file
from sync.times import stamp
from sync.wire import WITHDRAWN


@dataclass(frozen=True, slots=True)
class Exported:
    """What a stick carries now. Units: `size` is bytes of the file, `sha256` its digest."""

    path: Path
    items: int
    first: str
    last: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a return changed here."""

    settled: int
    put_aside: int
    events: int


@dataclass(frozen=True, slots=True)
class Stick:
    """Everything both ways need. Shape: `keys_folder` is where key sets are taken over to."""

    db: Database
    parcels: Parcels
    station: str
    keys: StationKeys
    keys_folder: Path
    now: Callable[[], datetime]

    def waiting(self, *, everything: bool) -> list[Entry]:
        """What would be written; what is damaged here is put aside with a reason, as on the line."""
        return [each for each in outbox.for_export(self.db, everything=everything) if self._is_whole(each)]

    def size_of(self, entries: Sequence[Entry]) -> int:
        """How many bytes that is, for a progress bar."""
        return sum(member.size for entry in entries for member in _members(entry))

    def export(self, entries: Sequence[Entry], folder: Path, progress: Callable[[int], None]) -> Exported:
        """Write these to a new file in the folder, read it back, and note that a stick carries them.

        They still wait: only central's word frees them, by the line or by a return.
        Errors: StickTrouble.
        """
        members = [member for entry in entries for member in _members(entry)]
        heading = self._heading(entries, members)
        path = folder / f"tram-{self.station}-{heading.bundle[-12:]}{SUFFIX}"
        with stick_file(path, size_of(members)) as file:
            signed = sign_heading(heading, self.keys.device)
            write_bundle(file, signed, write_index(members), self._contents(entries), progress)
        outbox.mark_exported(self.db, [each.uuid for each in entries], at=self.now())
        first, last = _code(entries[0]), _code(entries[-1])
        return Exported(path, len(entries), first, last, file.size, file.digest.hexdigest())

    def question(self, entries: Sequence[Entry]) -> bytes:
        """A bundle without parts, for a return that comes by a relay: it tells which news are here."""
        members = [_members(entry)[0] for entry in entries]
        documents = zip(members, (entry.manifest for entry in entries), strict=True)
        heading = sign_heading(self._heading(entries, members), self.keys.device)
        file = BytesIO()
        write_bundle(file, heading, write_index(members), documents, lambda _size: None)
        return file.getvalue()

    def bring_back(self, path: Path) -> Brought:
        """Apply a return: what has arrived is freed, events are kept. Safe to repeat.

        Errors: BadBundle; StickTrouble.
        """
        with in_words():
            data = path.read_bytes()
        return self.take(data)

    def take(self, data: bytes) -> Brought:
        """Do the same with the bytes of a return, whoever handed them over.

        Errors: BadBundle.
        """
        answer = open_return(data, self.keys.central, self.station)
        settled = sum(self._settle(document) for document in answer.acknowledgements)
        put_aside = sum(self._put_aside(refusal) for refusal in answer.refusals)
        return Brought(settled, put_aside, self._hear(answer))

    def _is_whole(self, entry: Entry) -> bool:
        if entry.kind is not Kind.DECLARATION:
            return True
        try:
            for part in read_manifest(entry.manifest).parts:
                self.parcels.read_part(part)
        except DamagedPart as why:
            outbox.quarantine(self.db, entry.uuid, trouble="part-damaged", detail=f"{part.name}: {why}")
            return False
        return True

    def _heading(self, entries: Sequence[Entry], members: Sequence[Member]) -> Heading:
        return Heading(
            bundle=str(uuid7()),
            station=self.station,
            made_at=stamp(self.now()),
            after=events.cursor(self.db),
            items=len(entries),
            members=len(members),
            size=sum(each.size for each in members),
            index_sha256=sha256(write_index(members)).hexdigest(),
        )

    def _contents(self, entries: Sequence[Entry]) -> Iterator[tuple[Member, bytes]]:
        for entry in entries:
            item, *parts = _members(entry)
            yield item, entry.manifest
            for member in parts:
                yield member, self._content(member)

    def _content(self, part: Member) -> bytes:
        try:
            return self.parcels.part_path(part.sha256).read_bytes()
        except FileNotFoundError:
            return b""  # the line was faster: central has it
        except OSError as why:
            message = f"a part cannot be read here ({why.strerror}); see: kiosk doctor"
            raise StickTrouble(Fault.PART_UNREADABLE, message) from why

    def _settle(self, document: bytes) -> int:
        try:
            uuid = str(take_apart(document).payload.get("declaration"))
            entry = outbox.entry(self.db, uuid)
            if entry is None or entry.state is State.DELIVERED:
                return 0
            digest = entry.manifest_sha256
            word = open_acknowledgement(document, self.keys.central, declaration=uuid, manifest_sha256=digest)
        except BadDocument as why:
            raise BadBundle("an acknowledgement in this return is not central's; it does not count") from why
        outbox.settle(self.db, uuid, received_at=word.received_at, acknowledgement=document)
        if entry.kind is Kind.DECLARATION:
            self.parcels.remove(read_manifest(entry.manifest))
        outbox.mark_cleared(self.db, uuid)
        return 1

    def _put_aside(self, refusal: Refusal) -> int:
        entry = outbox.entry(self.db, refusal.uuid)
        if entry is None or entry.state is not State.WAITING:
            return 0
        if refusal.code == WITHDRAWN:
            outbox.withdraw(self.db, refusal.uuid)  # the postman's next round removes its parts
            return 0
        outbox.quarantine(self.db, refusal.uuid, trouble=refusal.code, detail="by stick")
        return 1

    def _hear(self, answer: Return) -> int:
        """Keep events, unless some before them are missing here: the next time brings all."""
        if events.cursor(self.db) < answer.after:
            return 0
        told = [_event(document, self.keys.central) for document in answer.events]
        take(self.db, self.keys_folder, told)
        return len(told)


def _event(document: bytes, central: Ed25519PublicKey) -> tuple[Event, bytes]:
    try:
        return believed(document, central)
    except BadDocument as why:
        raise BadBundle("an event in this return is not central's; it does not count") from why


def _members(entry: Entry) -> list[Member]:
    """The item, then its parts."""
    item = Member(f"{entry.kind}/{entry.uuid}.json", entry.manifest_sha256, len(entry.manifest))
    if entry.kind is not Kind.DECLARATION:
        return [item]
    parts = read_manifest(entry.manifest).parts
    return [item, *(Member(f"{PART}/{part.sha256}", part.sha256, part.size) for part in parts)]


def _code(entry: Entry) -> str:
    return read_manifest(entry.manifest).receipt_code if entry.kind is Kind.DECLARATION else str(entry.kind)

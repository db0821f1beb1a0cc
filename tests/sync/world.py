"""A station with sealed declarations and a real central process, for the tests of the postman."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlite_utils import Database
from uuid_utils.compat import uuid7

from sync import events, outbox
from sync.central import store
from sync.central.folder import CentralFolder
from sync.central.setup import prepare, register_station
from sync.credentials import Credentials
from sync.durable import open_db, writing
from sync.keys import StationKeys, create_station_keys
from sync.line import open_line
from sync.manifest import Manifest, digest_of, sign_manifest
from sync.news import News
from sync.notice import Notice, NoticeKind, sign_notice
from sync.parcels import Parcels
from sync.sealing import seal
from sync.signatures import Question
from sync.times import stamp
from sync.transport import HttpTransport
from sync.worker import Postman, Round
from tests.conftest import ROOT
from tests.processes import free_port
from tests.sync.samples import NOON, Clock, a_manifest


@dataclass
class AStation:
    """A station's folder with keys of `central`, and a shortcut for each thing that happens to it."""

    id: str
    folder: Path
    keys: StationKeys
    parcels: Parcels
    clock: Clock = field(default_factory=Clock)
    seq: int = 0
    prev: str | None = None
    lanes: int = 2

    def seals(self, *contents: bytes, replaces: str | None = None) -> Manifest:
        """Pledge one declaration with these parts."""
        self.seq += 1
        sealed = [
            seal(content, self.keys.key_set.recipients) for content in contents or (b"answers", b"photo")
        ]
        parts = tuple(self.parcels.write_part(f"part-{at}.bin", each) for at, each in enumerate(sealed))
        mine = {"station": self.id, "seq": self.seq, "prev": self.prev, "receipt_code": self.receipt_code()}
        manifest = a_manifest(parts=parts, replaces=replaces, **mine)
        document = sign_manifest(manifest, self.keys.device)
        self.parcels.write_manifest(manifest.uuid, document)
        with self.database() as db, writing(db):
            outbox.enqueue(db, uuid=manifest.uuid, seq=self.seq, manifest=document, at=self.clock())
        self.prev = digest_of(document)
        return manifest

    def withdraws(self, manifest: Manifest) -> Notice:
        """Queue the withdrawal of a declaration, as its holder would at the screen."""
        about = {"station": self.id, "declaration": manifest.uuid, "receipt_code": manifest.receipt_code}
        notice = Notice(uuid=str(uuid7()), kind=NoticeKind.WITHDRAWAL, at=stamp(self.clock()), **about)
        document, kind = sign_notice(notice, self.keys.device), outbox.Kind.WITHDRAWAL
        with self.database() as db, writing(db):
            number = {"uuid": notice.uuid, "seq": manifest.seq}
            outbox.enqueue_anew(db, **number, notice=document, at=self.clock(), kind=kind)
        return notice

    def drains(self, url: str, timeout_seconds: float = 5.0) -> Round:
        """Make one round to central at this address."""
        line = open_line(url, timeout_seconds, self.credentials())
        try:
            transport = HttpTransport(line, self.parcels, self.keys.central)
            return Postman(
                self.folder / "station.db", self.parcels, transport, self.clock, lambda: 1.0, self.lanes
            ).drain()
        finally:
            line.close()

    def hears(self, url: str) -> int:
        """Fetch the news from central at this address; return how much came."""
        line = open_line(url, 5.0, self.credentials())
        try:
            with self.database() as db:
                return News(db, line, self.keys.central, self.folder / "keys").fetch()
        finally:
            line.close()

    def credentials(self) -> Credentials:
        return Credentials(self.keys.device, self.keys.central, self.clock)

    def entry(self, manifest: Manifest) -> outbox.Entry:
        with self.database() as db:
            found = outbox.entry(db, manifest.uuid)
        assert found is not None
        return found

    def alters(self, declaration: Manifest, /, **values: object) -> None:
        """Change a row of the queue behind the postman's back, as a crash or a restore would."""
        places = ", ".join(f"{name} = :{name}" for name in values)
        with self.database() as db, writing(db):
            db.execute(f"UPDATE outbox SET {places} WHERE uuid = :uuid", values | {"uuid": declaration.uuid})

    def receipt_code(self) -> str:
        return f"{self.id}{self.seq:04d}N"

    def database(self) -> Database:
        return open_db(self.folder / "station.db")


def a_station(folder: Path, central: Path, station_id: str = "0042") -> AStation:
    """Set up central's keys and one station that it knows."""
    keys = prepare(central, central.parent / "escrow", NOON)
    station = create_station_keys(folder / "keys", keys.public_key, keys.keyset)
    register_station(central, station_id, station.device.public_key())
    parcels = Parcels(folder)
    parcels.prepare()
    with open_db(folder / "station.db") as db:
        outbox.prepare(db)
        events.prepare(db)
    return AStation(station_id, folder, station, parcels)


@dataclass
class CentralProcess:
    """`python -m sync.central serve` on a free port; can be killed and started again."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def folder(self) -> CentralFolder:
        return CentralFolder(self.data)

    def holds(self, station: AStation) -> list[store.Stored]:
        """What this central has of a station, the oldest first."""
        with open_db(self.folder.database) as db:
            return sorted(
                (each for each in store.newest(db, 100_000) if each.station == station.id), key=_by_seq
            )

    def start(self, *command: str) -> None:
        serve = ["sync.central", "serve", "--data", str(self.data), "--port", str(self.port)]
        self.process = subprocess.Popen([sys.executable, "-m", *(command or serve)], cwd=ROOT)
        self.waits()

    def waits(self) -> None:
        """Return when it answers."""
        assert self.process is not None
        deadline = time.monotonic() + 30
        while not self._answers():
            assert self.process.poll() is None, "central ended"
            assert time.monotonic() < deadline, "central does not answer"
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(10)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/v1/keys", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def central_process(data: Path, *command: str) -> Iterator[CentralProcess]:
    """Run central until the end of the block."""
    central = CentralProcess(data, free_port())
    central.start(*(each.format(port=central.port) for each in command))
    try:
        yield central
    finally:
        if central.process is not None and central.process.poll() is None:
            central.stop()


class Signing(httpx.Auth):
    """Lets a test ask central by hand, as this station."""

    requires_request_body = True

    def __init__(self, station: AStation) -> None:
        self.credentials = Credentials(station.keys.device, station.keys.central, lambda: datetime.now(UTC))

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        body = None if request.method == "PATCH" else request.content
        signed = self.credentials.sign(
            Question(request.method, str(request.url), dict(request.headers)), body
        )
        request.headers.update(signed)
        yield request


def _by_seq(stored: store.Stored) -> int:
    return stored.seq


def bytes_of(size: int, seed: int = 1) -> bytes:
    """Bytes that do not compress, the same for the same seed."""
    return random.Random(seed).randbytes(size) if seed else os.urandom(size)

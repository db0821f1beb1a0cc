"""The postman: the queue when it is long, declarations a second, bytes on the wire, memory."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from sync import outbox
from sync.durable import open_db, write_durably, writing
from tests.bench._timing import medians_ms
from tests.sync.chaos import chaos
from tests.sync.endurance import deliver_through, must_all_be_there
from tests.sync.samples import NOON
from tests.sync.world import AStation, CentralProcess, a_station, bytes_of, central_process

SHORT, LONG = 100, 100_000
PHOTO_BYTES = 300_000


def run(full: bool) -> None:
    """Print the queue at two lengths, then a delivery against a bare write and fsync of the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        _queue(Path(folder), LONG if full else LONG // 20)
    with tempfile.TemporaryDirectory() as folder:
        _delivery(Path(folder), 40 if full else 5)
    with tempfile.TemporaryDirectory() as folder:
        _bad_line(Path(folder), 10_000 if full else 500)


def _queue(folder: Path, long: int) -> None:
    with _filled(folder / "short.db", SHORT) as short, _filled(folder / "long.db", long) as other:
        os.sync()  # what was written to fill them must not be paid for below
        print(f"waiting         {SHORT:>9}  {long:>9}   ratio   kB written")
        works = zip(_works(short, SHORT).items(), _works(other, long).values(), strict=True)
        for (name, few), many in works:
            few_ms, many_ms = medians_ms(few, many)
            print(f"{name:<12} {few_ms:9.2f} ms {many_ms:6.2f} ms {many_ms / few_ms:7.2f}", end="")
            print(f"   {_written_kb(few):.1f}, {_written_kb(many):.1f}")


def _written_kb(work: Callable[[], object]) -> float:
    """What one piece of work writes; unlike the times, the same on a busy machine."""
    before = _written()
    work()
    return (_written() - before) / 1000


def _written() -> int:
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"])


@contextmanager
def _filled(path: Path, length: int) -> Iterator[Database]:
    with open_db(path) as db:
        outbox.prepare(db)
        with writing(db):
            for seq in range(1, length + 1):
                _enqueue(db, seq)
        yield db


def _works(db: Database, length: int) -> dict[str, Callable[[], object]]:
    """What is done to a queue of this length."""
    lease, numbers = NOON + timedelta(minutes=10), count(length + 1)

    def submit() -> None:
        with writing(db):
            _enqueue(db, next(numbers))

    return {
        "claim": lambda: outbox.claim_next(db, at=NOON, until=lease),
        "submit": submit,
        "list 50": lambda: outbox.entries(db, limit=50),
        "find one": lambda: outbox.entry(db, f"{length // 2:036d}"),
        "oldest age": lambda: outbox.oldest_waiting_age(db, NOON),
        "count": lambda: outbox.counts(db),
    }


def _enqueue(db: Database, seq: int) -> None:
    outbox.enqueue(db, uuid=f"{seq:036d}", seq=seq, manifest=bytes(1500), at=NOON)


def _delivery(folder: Path, number: int) -> None:
    station = a_station(folder / "station", folder / "central")
    with central_process(folder / "central") as central:
        station.seals()
        station.drains(central.url)  # opens files and lines once, outside the measurement
        for seed in range(number):
            _seal(station, seed)
        began = time.perf_counter()
        delivered = station.drains(central.url).delivered
        seconds = (time.perf_counter() - began) / number
        size = _seal(station, number)
        with _counting(central.port) as (port, counted):
            station.drains(f"http://127.0.0.1:{port}")
        memory_mb = _memory_mb(central)
    bare = _bare_seconds(folder, number)
    print(f"\n{delivered} declarations of 4 x {PHOTO_BYTES // 1000} kB over loopback, two at a time")
    print(
        f"each {seconds * 1000:.0f} ms; a bare write and fsync of the same bytes {bare * 1000:.0f} ms;",
        end="",
    )
    print(f" ratio {seconds / bare:.1f}")
    print(f"bytes on the wire, both ways, over bytes of the parts: {counted[0] / size:.4f}")
    print(f"central's worker: {memory_mb:.0f} MB")


def _bad_line(folder: Path, requests: int) -> None:
    """Everything that lines do wrong; an assertion stops it if anything is lost, doubled or falsely sent."""
    station = a_station(folder / "station", folder / "central")
    with central_process(folder / "central") as central:
        with chaos(central.port, seed=requests) as line:
            sealed = deliver_through(line, station, requests)
        must_all_be_there(central, station, sealed)
    print(f"\n{line.requests} requests over a bad line, {len(sealed)} declarations: ", end="")
    print("0 lost, 0 doubled, 0 falsely called sent")
    print(", ".join(f"{what}: {number}" for what, number in line.counted.most_common()))


def _seal(station: AStation, seed: int) -> int:
    """Pledge one declaration of four photos; return how many bytes it has to send."""
    photos = [bytes_of(PHOTO_BYTES, seed * 4 + at + 1) for at in range(4)]
    return sum(part.size for part in station.seals(*photos).parts)


def _bare_seconds(folder: Path, number: int) -> float:
    """What the disk alone takes for one declaration's parts."""
    began = time.perf_counter()
    for seed in range(number):
        for at in range(4):
            write_durably(folder / f"bare-{seed}-{at}", bytes_of(PHOTO_BYTES, seed * 4 + at + 1))
    return (time.perf_counter() - began) / number


@contextmanager
def _counting(target: int) -> Iterator[tuple[int, list[int]]]:
    """A wire that counts the bytes it carries."""
    counted = [0]

    def carry(source: socket.socket, sink: socket.socket) -> None:
        while data := source.recv(65536):
            counted[0] += len(data)
            sink.sendall(data)
        sink.close()

    def serve() -> None:
        near, _ = server.accept()
        far = socket.create_connection(("127.0.0.1", target))
        for pair in ((near, far), (far, near)):
            threading.Thread(target=carry, args=pair, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], counted


def _memory_mb(central: CentralProcess) -> float:
    """Resident memory of the worker, the master's only child."""
    assert central.process is not None
    master = central.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    pages = int(Path(f"/proc/{children[0]}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

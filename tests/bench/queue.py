"""A station with 100,000 declarations waiting beside one with 100: how long everybody waits for it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.actions.list_declarations import list_declarations, list_unsent
from kiosk.actions.submit import submit
from kiosk.actions.survey_queue import survey_queue
from kiosk.cli.open_station import OpenStation
from kiosk.domain.receipt import ReceiptCode
from kiosk.store import declarations
from kiosk.store.declarations import SealedDeclaration
from kiosk.visits import Settings
from sync import outbox
from sync.durable import open_db, writing
from sync.manifest import sign_manifest
from sync.times import stamp
from tests.bench._timing import medians_ms
from tests.conftest import ROOT
from tests.processes import free_port
from tests.stations import NOON, a_draft, open_station
from tests.sync.samples import a_manifest

SHORT, LONG, WANTED, MOST_MB = 100, 100_000, 1.2, 120
BOUND = {"claim", "list unsent", "list newest", "submit"}
PHOTOGRAPH = bytes(range(256)) * 1200  # 300 kB


def run(full: bool) -> None:
    """Print each work at both lengths, then the memory of a real `kiosk sync` over the long one."""
    long = LONG if full else LONG // 20
    with tempfile.TemporaryDirectory(dir=ROOT) as folder, ExitStack() as stack:
        few, many = (
            stack.enter_context(_filled(Path(folder) / str(length), length)) for length in (SHORT, long)
        )
        print(f"{'waiting':<16}{SHORT:>9}    {long:>9}      ratio, wanted at most {WANTED}")
        for (name, short), other in zip(_works(few).items(), _works(many).values(), strict=True):
            short_ms, long_ms = medians_ms(short, other)
            verdict = _verdict(long_ms <= WANTED * short_ms) if name in BOUND else "counts them all"
            print(
                f"{name:<16}{short_ms:9.2f} ms {long_ms:9.2f} ms  {long_ms / short_ms:6.2f}  {verdict}",
                flush=True,
            )
        _memory(Path(folder) / str(long), long)


@contextmanager
def _filled(data: Path, length: int) -> Any:
    with open_station(data) as opened:
        _fill(opened, length)
        yield opened


def _fill(opened: OpenStation, length: int) -> None:
    """Put so many declarations into the queue; they have manifests, but no parts on the disk."""
    station = opened.station
    assert station.keys is not None
    with open_db(station.db_path) as db, writing(db):
        for seq in range(1, length + 1):
            code = ReceiptCode.of(station.config.station.id, seq).text
            manifest = a_manifest(station=station.config.station.id, seq=seq, receipt_code=code)
            document = sign_manifest(manifest, station.keys.device)
            row = SealedDeclaration(
                uuid=manifest.uuid,
                seq=seq,
                receipt_code=code,
                procedure=manifest.procedure,
                agency=manifest.agency,
                sealed_at=stamp(NOON),
                pin_salt=b"",
                pin_scrypt=b"",
                token_sha256="ab" * 32,
            )
            declarations.add(db, row, "ab" * 32)
            outbox.enqueue(db, uuid=manifest.uuid, seq=seq, manifest=document, at=NOON)


def _works(opened: OpenStation) -> dict[str, Callable[[], object]]:
    station, seeds = opened.station, count(1)
    db = open_db(station.db_path)
    at, lamp = datetime.now(UTC), station.config.lamp

    def pledge() -> None:
        draft = a_draft(station.procedures.first, next(seeds) * 10)
        captures = tuple(replace(each, jpeg=PHOTOGRAPH) for each in draft.captures)
        submit(station, station.visits.begin(replace(draft, captures=captures), Settings()))

    return {
        "claim": lambda: outbox.claim_next(db, at=at, until=at + timedelta(days=1)),
        "list unsent": lambda: list_unsent(station.db_path, at=at, limit=50),
        "list newest": lambda: list_declarations(station.db_path, at=at, limit=50),
        "submit": pledge,
        "lamp": lambda: survey_queue(station.db_path, lamp, at=at),
    }


def _memory(data: Path, length: int) -> None:
    """The most that a real `kiosk sync` ever holds, with this queue and nobody at the other end."""
    url = f"http://127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "--data", str(data), "sync", "--central", url],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(15)
        status = Path(f"/proc/{process.pid}/status").read_text()
    finally:
        process.terminate()
        process.wait()
    most = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
    words = f"kiosk sync over {length} waiting: at most {most:.0f} MB resident, wanted below {MOST_MB}"
    print(f"{words}: {_verdict(most < MOST_MB)}")


def _verdict(holds: bool) -> str:
    return "ok" if holds else "MISSED"

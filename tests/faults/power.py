"""Power cuts: what a recorded station wrote, and the disks that a cut at any instant may leave behind.

A cut keeps everything synced and any part of the rest: unsynced writes may be there or not, in any choice,
torn at sectors of 512 bytes; a name is there for certain only after its folder was synced.
"""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

SECTOR = 512
_HEAD = struct.Struct("<cIQI")


@dataclass(frozen=True)
class Op:
    """One thing the station did: o(pen new), w(rite), t(runcate), s(ync), r(ename), u(nlink)."""

    kind: str
    path: str
    offset: int
    data: bytes


@dataclass(eq=False)
class File:
    """What is certainly on the disk, and what may be."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        for op in self.pending:
            _apply(self.durable, op)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytes:
        content = bytearray(self.durable)
        for op in self.pending:
            kept = chance.random()
            if kept < 0.4:
                continue
            for piece in _torn(op, chance) if kept < 0.7 else [op]:
                _apply(content, piece)
        return bytes(content)


@dataclass
class Disk:
    """Names and files, as the system sees them and as they are on the disk."""

    seen: dict[str, File]
    durable: dict[str, File]
    pending: dict[str, list[dict[str, File | None]]] = field(default_factory=dict)

    @classmethod
    def at_rest(cls, folder: Path) -> Disk:
        files = {
            str(path): File(bytearray(path.read_bytes())) for path in folder.rglob("*") if path.is_file()
        }
        return cls(dict(files), dict(files))

    def do(self, op: Op) -> None:
        if op.kind == "o":
            self.seen[op.path] = File()
            self._rename({op.path: self.seen[op.path]})
        elif op.kind == "r":
            target = op.data.decode()
            self.seen[target] = self.seen.pop(op.path)
            self._rename({op.path: None, target: self.seen[target]})
        elif op.kind == "u":
            self.seen.pop(op.path)
            self._rename({op.path: None})
        elif op.kind != "s":
            self.seen[op.path].pending.append(op)
        elif op.path in self.seen:
            self.seen[op.path].sync()
        else:
            for change in self.pending.pop(op.path.rstrip("/"), []):
                _change(self.durable, change)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        names = dict(self.durable)
        for changes in self.pending.values():
            for change in changes:
                if chance.random() < 0.5:
                    _change(names, change)
        return {path: file.after_a_cut(chance) for path, file in names.items()}

    def _rename(self, change: dict[str, File | None]) -> None:
        folder = os.path.dirname(next(iter(change)))  # noqa: PTH120  plain text, as recorded
        self.pending.setdefault(folder, []).append(change)


def record(data: Path, pledges: int, scratch: Path) -> tuple[Disk, list[Op]]:
    """Pledge under the recorder; return the disk before, and everything that was done to it."""
    library, log, station = scratch / "recorder.so", scratch / "log", data / "station"
    source = Path(__file__).with_name("recorder.c")
    subprocess.run(
        ["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl", "-lpthread"], check=True
    )
    command = [sys.executable, "-m", "tests.faults.pledge_recorded", str(data)]
    subprocess.run([*command, "0"], cwd=ROOT, check=True)
    before = Disk.at_rest(station)
    preload = {"LD_PRELOAD": str(library), "RECORD_ROOT": f"{station}/", "RECORD_TO": str(log)}
    subprocess.run([*command, str(pledges)], cwd=ROOT, check=True, env=os.environ | preload)
    return before, list(_read(log.read_bytes()))


def cuts(
    disk: Disk, ops: list[Op], points: int, chance: random.Random
) -> Iterator[tuple[list[str], dict[str, bytes]]]:
    """Cut the power as each receipt is about to be given and else at random instants.

    Shape: so many points in all; yields the receipts given by then, and the files that are left.
    """
    promises = [at for at, op in enumerate(ops) if _gives_a_receipt(op)]
    others = (chance.randrange(len(ops) + 1) for _ in range(points - len(promises)))
    done, receipts = 0, b""
    for instant in sorted((*promises, *others)):
        for op in ops[done:instant]:
            disk.do(op)
            if _gives_a_receipt(op):
                receipts += op.data
        done = instant
        yield receipts.decode().split(), disk.after_a_cut(chance)


def _gives_a_receipt(op: Op) -> bool:
    return op.kind == "w" and op.path.endswith("/receipts")


def lay(files: dict[str, bytes], root: Path, target: Path) -> None:
    """Write a disk out, so that a station can start from it."""
    for path, content in files.items():
        here = target / Path(path).relative_to(root)
        here.parent.mkdir(parents=True, exist_ok=True)
        here.write_bytes(content)
        here.chmod(0o600)


def _read(log: bytes) -> Iterator[Op]:
    at = 0
    while at < len(log):
        kind, path_length, offset, length = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        path, data = log[at : at + path_length], log[at + path_length : at + path_length + length]
        at += path_length + length
        yield Op(kind.decode(), path.decode(), offset, data)


def _torn(op: Op, chance: random.Random) -> list[Op]:
    pieces = range(0, len(op.data), SECTOR)
    return [
        Op("w", op.path, op.offset + at, op.data[at : at + SECTOR]) for at in pieces if chance.random() < 0.5
    ]


def _apply(content: bytearray, op: Op) -> None:
    if op.kind == "t":
        del content[op.offset :]
    content.extend(bytes(max(0, op.offset - len(content))))
    content[op.offset : op.offset + len(op.data)] = op.data


def _change(names: dict[str, File], change: dict[str, File | None]) -> None:
    for path, file in change.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file

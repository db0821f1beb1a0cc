"""Sealed parts on central's disk: growing byte by byte, kept once their sha-256 agrees."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sync.central.folder import CentralFolder
from sync.durable import sync_folder
from sync.manifest import Part

PIECE_BYTES = 64 * 1024
"""So much, at most, is sent twice when a line is cut."""


class OffsetDiffers(Exception):
    """The bytes do not follow those already here."""


class HashDiffers(Exception):
    """The bytes are not what their name says; they were thrown away."""


class BodyCut(Exception):
    """The sender vanished in the middle; what came is kept."""


@dataclass(frozen=True, slots=True)
class Blobs:
    """The folders of whole and of growing parts."""

    folder: CentralFolder

    def is_whole(self, part: Part) -> bool:
        """Whether this part is here, checked and durable."""
        path = self.whole(part.sha256)
        return path.exists() and path.stat().st_size == part.size

    def offset(self, digest: str, size: int) -> int:
        """How many bytes of a part are here. Units: bytes."""
        if self.whole(digest).exists():
            return size
        growing = self._growing(digest)
        return growing.stat().st_size if growing.exists() else 0

    def append(self, part: Part, offset: int, length: int, read: Callable[[int], bytes]) -> int:
        """Take `length` more bytes from `read`; return the new offset.

        No lock is held while waiting for the sender: a stalled line must not stop his next try. Instead every
        piece is written only if it still follows what is here.
        Errors: OffsetDiffers; HashDiffers; BodyCut; OSError, when the disk is full.
        """
        if self.whole(part.sha256).exists():
            if (offset, length) != (part.size, 0):
                raise OffsetDiffers
            return offset
        with self._growing(part.sha256).open("ab", buffering=0) as file:
            _must_follow(file.fileno(), offset)
            for piece in _pieces(read, length):
                with _locked(file.fileno()):
                    _must_follow(file.fileno(), offset)
                    offset += _write_all(file.fileno(), piece)
            if offset == part.size:
                with _locked(file.fileno()):
                    self._keep(part, file.fileno())
        return offset

    def take_back(self, digest: str, offset: int) -> None:
        """Forget what came after `offset` of a part that is still growing."""
        with suppress(FileNotFoundError), self._growing(digest).open("r+b") as file, _locked(file.fileno()):
            if os.fstat(file.fileno()).st_size > offset:
                os.truncate(file.fileno(), offset)

    def give_up(self, digest: str) -> bool:
        """Remove a part that is still growing; return False if it is here whole, and kept."""
        if self.whole(digest).exists():
            return False
        self._growing(digest).unlink(missing_ok=True)
        return True

    def whole(self, digest: str) -> Path:
        """Where a whole part lies."""
        return self.folder.blobs / digest

    def _growing(self, digest: str) -> Path:
        return self.folder.uploads / digest

    def _keep(self, part: Part, descriptor: int) -> None:
        growing = self._growing(part.sha256)
        if not growing.exists():
            return  # another request was faster
        with growing.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != part.sha256:
            growing.unlink()
            raise HashDiffers
        os.fsync(descriptor)
        growing.replace(self.whole(part.sha256))
        sync_folder(self.folder.blobs)


def _pieces(read: Callable[[int], bytes], length: int) -> Iterator[bytes]:
    while length:
        piece = read(min(PIECE_BYTES, length))
        if not piece:
            raise BodyCut
        length -= len(piece)
        yield piece


def _must_follow(descriptor: int, offset: int) -> None:
    if os.fstat(descriptor).st_size != offset:
        raise OffsetDiffers


def _write_all(descriptor: int, piece: bytes) -> int:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    return len(piece)


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

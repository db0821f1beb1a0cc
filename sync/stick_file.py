"""A file on a USB stick: a half is never taken for a whole, and a whole is believed only when read back."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO

from sync.durable import writing_durably

SUFFIX, RETURN_SUFFIX = ".bundle", ".return"
"""Of what goes to central, and of what comes back."""

_SAFE = "Nothing is lost: everything still waits here"
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ESTALE}


class Fault(StrEnum):
    """What is wrong with a stick, for who has words of his own."""

    FULL = "stick-full"
    GONE = "stick-gone"
    READ_ONLY = "stick-read-only"
    FORGETFUL = "stick-forgetful"
    UNUSABLE = "stick-unusable"
    PART_UNREADABLE = "part-unreadable"  # not the stick's: the station's own disk


class StickTrouble(Exception):
    """The stick could not be used; the message says what to do. Nothing is lost: everything still waits."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


class Hashing:
    """Passes on what is written, and remembers its digest and size."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = sha256()
        self.size = 0

    def write(self, data: bytes, /) -> int:
        """Pass it on."""
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)


@contextmanager
def stick_file(path: Path, wanted: int) -> Iterator[Hashing]:
    """Write a new file of `wanted` bytes at most; after the block it is there, whole and read back.

    Errors: StickTrouble, and then there is no such file.
    """
    with in_words():
        _must_have_room(path.parent, wanted)
        with writing_durably(path) as file:
            hashing = Hashing(file)
            yield hashing
        _must_read_back(path, hashing.digest)


@contextmanager
def in_words() -> Iterator[None]:
    """Say what the system's errors mean for who holds the stick.

    Errors: StickTrouble.
    """
    try:
        yield
    except OSError as why:
        raise _trouble(why) from why


def _must_have_room(folder: Path, wanted: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise StickTrouble(
            Fault.FULL, _full(f"{wanted // 1_000_000 + 1} MB needed, {free // 1_000_000} MB free")
        )


def _must_read_back(path: Path, wanted: Any) -> None:
    """Read the file from the stick, not from memory: cheap sticks say yes to anything."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        found = file_digest(file, "sha256")
    if found.digest() != wanted.digest():
        path.unlink(missing_ok=True)
        raise StickTrouble(
            Fault.FORGETFUL,
            f"the stick does not keep what is written to it; take another and repeat. {_SAFE}",
        )


def _trouble(why: OSError) -> StickTrouble:
    if why.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StickTrouble(Fault.FULL, _full("it filled up while writing"))
    if why.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StickTrouble(
            Fault.READ_ONLY, f"the stick cannot be written to; push its lock, or take another. {_SAFE}"
        )
    if why.errno in _GONE:
        return StickTrouble(
            Fault.GONE, f"the stick is gone; put it in again, or take another, and repeat. {_SAFE}"
        )
    return StickTrouble(Fault.UNUSABLE, f"the stick cannot be used ({why.strerror}). {_SAFE}")


def _full(detail: str) -> str:
    return f"the stick is full ({detail}); take an empty one and repeat. {_SAFE}"

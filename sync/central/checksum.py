"""The checksum that may come with a piece of a part (tus extension "checksum")."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ALGORITHMS = ("sha1", "sha256", "sha512")
"""Source: tus 1.0.0 asks for sha1 at least; nothing rests on it here, the part has its own sha-256."""


class BadChecksum(ValueError):
    """Not "algorithm base64", or an algorithm we lack."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """Counts a piece as it is read."""

    expected: bytes
    _hasher: Any

    @classmethod
    def from_header(cls, text: str) -> Checksum:
        """Read Upload-Checksum.

        Errors: BadChecksum.
        """
        algorithm, _, digest = text.partition(" ")
        if algorithm not in ALGORITHMS:
            raise BadChecksum
        try:
            return cls(b64decode(digest, validate=True), hashlib.new(algorithm, usedforsecurity=False))
        except ValueError as why:
            raise BadChecksum from why

    def counting(self, read: Callable[[int], bytes]) -> Callable[[int], bytes]:
        """The same `read`, with every byte counted."""

        def counted(at_most: int) -> bytes:
            piece = read(at_most)
            self._hasher.update(piece)
            return piece

        return counted

    def holds(self) -> bool:
        """Say whether what was read is what was sent."""
        return bool(self._hasher.digest() == self.expected)

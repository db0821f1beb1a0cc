"""A heartbeat: how a station is, told to central every few minutes. At most 1 kB, no personal data."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields

from sync.envelope import BadDocument, canonical, read_canonical

MAX_BYTES = 1024
"""Source: design.md, section 5."""

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """One look at a station.

    Units:  seconds and megabytes; `oldest_seconds` is how long the first in the queue has waited, None when
            nobody waits; `clock_ahead_seconds` is how far central's clock is ahead of the station's.
    Errors: BadDocument.
    """

    version: str
    keyset_version: int
    waiting: int
    quarantined: int
    oldest_seconds: int | None
    disk_free_mb: int
    clock_ahead_seconds: int

    def __post_init__(self) -> None:
        if not isinstance(self.version, str) or not _VERSION.fullmatch(self.version):
            raise BadDocument("heartbeat: version")
        for name in ("keyset_version", "waiting", "quarantined", "disk_free_mb", "clock_ahead_seconds"):
            if type(getattr(self, name)) is not int:
                raise BadDocument(f"heartbeat: {name}")
        if min(self.keyset_version, self.waiting, self.quarantined, self.disk_free_mb) < 0:
            raise BadDocument("heartbeat: below zero")
        if self.oldest_seconds is not None and type(self.oldest_seconds) is not int:
            raise BadDocument("heartbeat: oldest_seconds")

    @classmethod
    def from_bytes(cls, data: bytes) -> Heartbeat:
        """Read what `to_bytes` wrote.

        Errors: BadDocument.
        """
        if len(data) > MAX_BYTES:
            raise BadDocument(f"heartbeat: {len(data)} bytes")
        payload = read_canonical(data)
        if not isinstance(payload, dict) or payload.keys() != {field.name for field in fields(cls)}:
            raise BadDocument("heartbeat: fields")
        return cls(**payload)

    def to_bytes(self) -> bytes:
        """Write it for the wire."""
        return canonical(asdict(self))

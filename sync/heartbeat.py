"""A heartbeat: how a station is, told to central every few minutes. At most 1 kB, no personal data."""

from __future__ import annotations

import re
from dataclasses import MISSING, asdict, dataclass, fields

from sync.envelope import BadDocument, canonical, read_canonical

MAX_BYTES = 1024
"""Source: design.md, section 5."""

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}")
_STATE = re.compile(r"[a-z][a-z-]{0,19}")


@dataclass(frozen=True, slots=True)
class DeviceStates:
    """How the devices are, in codes ("ok", "no-paper", "absent"); None where no screen was there to ask."""

    paper: str | None = None
    document_camera: str | None = None
    portrait_camera: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """One look at a station.

    Units:  seconds and megabytes; `oldest_seconds` is how long the first in the queue has waited, None when
            nobody waits; `clock_ahead_seconds` is how far central's clock is ahead of the station's.
    Shape:  the devices' states are those of `DeviceStates`; a station of an older version does not tell them.
    Errors: BadDocument.
    """

    version: str
    keyset_version: int
    waiting: int
    quarantined: int
    oldest_seconds: int | None
    disk_free_mb: int
    clock_ahead_seconds: int
    paper: str | None = None
    document_camera: str | None = None
    portrait_camera: str | None = None

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
        for state in asdict(self.devices).values():
            if state is not None and not (isinstance(state, str) and _STATE.fullmatch(state)):
                raise BadDocument("heartbeat: devices")

    @property
    def devices(self) -> DeviceStates:
        """How the devices were."""
        return DeviceStates(self.paper, self.document_camera, self.portrait_camera)

    @classmethod
    def from_bytes(cls, data: bytes) -> Heartbeat:
        """Read what `to_bytes` wrote.

        Errors: BadDocument.
        """
        if len(data) > MAX_BYTES:
            raise BadDocument(f"heartbeat: {len(data)} bytes")
        payload = read_canonical(data)
        known = {field.name for field in fields(cls)}
        needed = {field.name for field in fields(cls) if field.default is MISSING}
        if not isinstance(payload, dict) or not needed <= payload.keys() <= known:
            raise BadDocument("heartbeat: fields")
        return cls(**payload)

    def to_bytes(self) -> bytes:
        """Write it for the wire."""
        return canonical(asdict(self))

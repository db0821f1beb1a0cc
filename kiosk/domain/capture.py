"""A photograph the visitor kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.domain.procedures import CaptureKind


class Kept(StrEnum):
    """Why a photograph was kept."""

    GOOD = "good"
    BEST_OF_TRIES = "best-of-tries"
    """After several failed tries the visitor kept the best of them."""
    STAFF = "staff"
    """An officer kept it and said why."""


@dataclass(frozen=True, slots=True, repr=False)
class Capture:
    """One photograph the visitor kept, as the camera took it.

    Shape: `sheet` is the same paper cut out, square and upright, where its corners were seen. `flaws` are
           codes of what a reviewer would object to; `reason` is the officer's, if one kept it.
    Units: sizes in pixels of the upright picture; pages count from 1.
    """

    kind: CaptureKind
    jpeg: bytes
    width_px: int
    height_px: int
    taken_at: datetime
    page: int = 1
    sheet: bytes | None = None
    flaws: tuple[str, ...] = ()
    kept: Kept = Kept.GOOD
    reason: str = ""

    @property
    def name(self) -> str:
        """What its parts are called: "portrait", "birth-certificate-2"."""
        return self.kind.value if self.page == 1 else f"{self.kind.value}-{self.page}"

    @property
    def parts(self) -> tuple[tuple[str, bytes], ...]:
        """File names and bytes to be sealed: the untouched picture, and the paper cut out of it."""
        still = (f"{self.name}.jpg", self.jpeg)
        return (still,) if self.sheet is None else (still, (f"{self.name}-sheet.jpg", self.sheet))

    @property
    def sha256(self) -> str:
        """Fingerprint of the JPEG bytes, 64 hex digits."""
        return hashlib.sha256(self.jpeg).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """What a declaration says of it; the bytes are parts of their own."""
        return {
            "kind": self.kind.value,
            "page": self.page,
            "sha256": self.sha256,
            "sheet_sha256": hashlib.sha256(self.sheet).hexdigest() if self.sheet else None,
            "width_px": self.width_px,
            "height_px": self.height_px,
            "taken_at": self.taken_at.isoformat(timespec="milliseconds"),
            "flaws": list(self.flaws),
            "kept": self.kept.value,
            "reason": self.reason or None,
        }

"""Where central keeps what. Ingest never needs anything under `review`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.durable import sync_folder


@dataclass(frozen=True, slots=True)
class CentralFolder:
    """The folders and files of one central."""

    root: Path

    def prepare(self) -> None:
        """Make the folders; only their owner may enter."""
        for folder in (self.root, self.blobs, self.uploads, self.keys, self.review):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(self.root)

    @property
    def database(self) -> Path:
        """Stations, declarations, acknowledgements."""
        return self.root / "central.db"

    @property
    def blobs(self) -> Path:
        """Sealed parts, whole and checked, named by their sha-256."""
        return self.root / "blobs"

    @property
    def uploads(self) -> Path:
        """Sealed parts that have not arrived whole."""
        return self.root / "uploads"

    @property
    def keys(self) -> Path:
        """The signing key and the signed key set."""
        return self.root / "keys"

    @property
    def signing_key(self) -> Path:
        """Signs acknowledgements and key sets."""
        return self.keys / "signing.key"

    @property
    def key_set(self) -> Path:
        """What stations seal to, signed."""
        return self.keys / "keyset.json"

    @property
    def review(self) -> Path:
        """The private halves of the sealing keys; on another machine when outgrown."""
        return self.root / "review"

    @property
    def sealing_key(self) -> Path:
        """Opens what is sealed today."""
        return self.review / "sealing.key"

    @property
    def next_sealing_key(self) -> Path:
        """Opens the same too, and takes over when the first is retired."""
        return self.review / "sealing-next.key"

    @property
    def fresh_sealing_key(self) -> Path:
        """The one after the next, while the keys are being changed."""
        return self.review / "sealing-fresh.key"

    def retired_sealing_key(self, version: int) -> Path:
        """Opens what was sealed before the key set of this version was replaced."""
        return self.review / f"sealing-{version}.key"

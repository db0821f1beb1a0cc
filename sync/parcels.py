"""Sealed files on the station's disk: parts named by their sha-256, and the signed manifests beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sync.durable import sync_folder, write_durably
from sync.manifest import Manifest, Part


class DamagedPart(Exception):
    """A part is missing or no longer what its name says; the message names neither person nor content."""


@dataclass(frozen=True, slots=True)
class Parcels:
    """The folders `parts` and `manifests` of a station. Everything in them is ciphertext or harmless."""

    root: Path

    def prepare(self) -> None:
        """Make the folders; call once at start."""
        for folder in (self._parts, self._manifests):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(self.root)

    def write_part(self, name: str, ciphertext: bytes) -> Part:
        """Lay a sealed part down so that it survives a power cut.

        Errors: OSError, when the disk is full.
        """
        part = Part(name, sha256(ciphertext).hexdigest(), len(ciphertext))
        write_durably(self.part_path(part.sha256), ciphertext)
        return part

    def write_manifest(self, uuid: str, document: bytes) -> None:
        """Lay a signed manifest down; with it and the parts alone the queue can be rebuilt.

        Errors: OSError, when the disk is full.
        """
        write_durably(self.manifest_path(uuid), document)

    def read_part(self, part: Part) -> bytes:
        """Read a part that is still what the manifest says.

        Errors: DamagedPart; OSError.
        """
        try:
            ciphertext = self.part_path(part.sha256).read_bytes()
        except FileNotFoundError as why:
            raise DamagedPart("missing") from why
        if sha256(ciphertext).hexdigest() != part.sha256:
            raise DamagedPart("changed")
        return ciphertext

    def remove(self, manifest: Manifest) -> None:
        """Remove the parts of a declaration that central has acknowledged. Safe to repeat.

        The manifest stays until retention takes it: it holds no personal data, and after a restore from a
        backup it tells which sequence numbers were used.
        """
        self._unlink(manifest.parts)

    def take_back(self, parts: Iterable[Part], uuid: str) -> None:
        """Remove what was laid down for a declaration that was not committed, the manifest first."""
        self.forget([uuid])
        self._unlink(parts)

    def forget(self, uuids: Iterable[str]) -> None:
        """Remove manifests, which nobody asks for any more. Safe to repeat."""
        for uuid in uuids:
            self.manifest_path(uuid).unlink(missing_ok=True)
        sync_folder(self._manifests)

    def part_path(self, digest: str) -> Path:
        """Where a part lies."""
        return self._parts / digest

    def manifest_path(self, uuid: str) -> Path:
        """Where a manifest lies."""
        return self._manifests / f"{uuid}.json"

    def parts(self) -> Iterator[Path]:
        """List the parts on the disk, for the sweep."""
        return (path for path in self._parts.iterdir() if not path.name.startswith("."))

    def manifests(self) -> Iterator[Path]:
        """List the manifests on the disk, for the sweep; the stem is the declaration's uuid."""
        return self._manifests.glob("[!.]*.json")

    def has_manifests(self) -> bool:
        """Say whether anything was ever pledged here."""
        return next(iter(self.manifests()), None) is not None

    def half_written(self) -> Iterator[Path]:
        """List the temporary files that a power cut left behind, for the sweep."""
        for folder in (self._parts, self._manifests):
            yield from folder.glob(".*.part")

    def _unlink(self, parts: Iterable[Part]) -> None:
        for part in parts:
            self.part_path(part.sha256).unlink(missing_ok=True)
        sync_folder(self._parts)

    @property
    def _parts(self) -> Path:
        return self.root / "parts"

    @property
    def _manifests(self) -> Path:
        return self.root / "manifests"

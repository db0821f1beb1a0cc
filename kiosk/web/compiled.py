"""Compiled templates, kept from one start to the next: making them takes longer than filling them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """A folder of them. What cannot be kept or read there is made again; no page fails for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._made_by = f"jinja2 {jinja2.__version__}"  # an update may make other code of the same template

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Called by Jinja for a file's name."""
        return super().get_cache_key(f"{self._made_by} {name}", filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja before it compiles; a file that a power cut left short is passed over."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - pickle names half a dozen that a damaged file may raise
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja after it compiled; on a full disk the next start compiles again."""
        with suppress(OSError):
            Path(self.directory).mkdir(mode=0o700, exist_ok=True)
            super().dump_bytecode(bucket)

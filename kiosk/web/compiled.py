"""Compiled templates, kept from one start to the next: making them takes longer than filling them."""

from __future__ import annotations

import pickle
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """A folder of them. What cannot be kept or read there is made again; no page fails for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja before it compiles; a file that a power cut left short is passed over."""
        try:
            super().load_bytecode(bucket)
        except (OSError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja after it compiled; on a full disk the next start compiles again."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            super().dump_bytecode(bucket)

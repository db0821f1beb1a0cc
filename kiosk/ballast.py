"""The ballast: a file to throw overboard, so that a pledge finds room on a disk that filled up."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ballast:
    """The ballast of a station, and how much must be free beside it before a visit may begin.

    Units: bytes.
    """

    path: Path
    size: int
    floor: int

    def is_laid(self) -> bool:
        """Say whether it is there, whole."""
        with suppress(OSError):
            return self.path.stat().st_size >= self.size
        return False

    def free(self) -> int:
        """What a visit may count on: the free bytes, less the ballast if it has still to be laid."""
        free = shutil.disk_usage(self.path.parent).free
        return free if self.is_laid() else free - self.size

    def is_above_floor(self) -> bool:
        """Say whether there is room for a visit from its first touch to its receipt."""
        return self.free() >= self.floor

    def lay(self) -> bool:
        """Lay it if there is room beside it; say whether it is there. Blocks are reserved, not only named."""
        if self.is_laid():
            return True
        if not self.is_above_floor():
            return False
        temporary = self.path.with_name(f".{self.path.name}.part")
        try:
            with temporary.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self.size)
            temporary.replace(self.path)
        except OSError:
            temporary.unlink(missing_ok=True)
            return False
        return True

    def release(self) -> bool:
        """Throw it overboard; say whether that made room."""
        try:
            self.path.unlink()
        except OSError:
            return False
        return True

"""Addresses of Unix sockets that fit: a path of any length in the 108 bytes that they may have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def short(folder: Path) -> Iterator[str]:
    """Name a folder by what is open, as long as the block lasts; a path through it is always short enough.

    Errors: OSError, when there is no such folder.
    """
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)

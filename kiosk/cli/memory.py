"""How the processes that handle pictures ask for memory, and give it back."""

from __future__ import annotations

import ctypes
import gc

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Source: glibc, malloc.h."""
_PICTURE_BYTES = 1024 * 1024
"""From here on an array is a picture: a grey frame of 1,920 by 1,080 has 2 MB."""
_ARENAS = 2


def return_pictures() -> None:
    """Have each picture's memory go back to the system as soon as the picture is dropped.

    Left alone, glibc keeps up to 32 MB of freed pictures for each of many threads, in pieces that fit no
    other.
    Source: the worker after three visits, make soak: 350 MB without, 160 MB with all of this.
    Does nothing where there is no glibc.
    """
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt"):
        return
    library.mallopt(_MMAP_THRESHOLD, _PICTURE_BYTES)
    library.mallopt(_TRIM_THRESHOLD, _PICTURE_BYTES)
    library.mallopt(_ARENA_MAX, _ARENAS)


def share_with_children() -> None:
    """Keep the collector off what is there before a fork, or it would copy all of it by looking at it."""
    gc.freeze()

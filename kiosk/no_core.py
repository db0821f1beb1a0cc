"""For a process that handles what a visitor showed: a crash must not leave it on the disk as a core file."""

from __future__ import annotations

import ctypes

_PR_SET_DUMPABLE = 4


def leave_no_core() -> None:
    """Ask the kernel to write none of this process. Source: prctl(2), PR_SET_DUMPABLE."""
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

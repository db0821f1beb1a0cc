"""What proves an officer's PIN without telling it: argon2id, slow on purpose, one at a time."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from kiosk.domain.officers import Pin

_HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
"""0.10 s of one core and 32 MiB for each guess, measured here; RFC 9106 would like 64 MiB, which with the
pictures in the memory of `kiosk serve` is more than a small station should spare."""

_one_at_a_time = threading.Lock()  # sixteen threads at once would take half a gigabyte


def hash_pin(pin: Pin) -> str:
    """What may be kept of a PIN. Shape: "$argon2id$…", with its costs and its salt."""
    with _one_at_a_time:
        return _HASHER.hash(pin.digits)


def proves(pin_hash: str | None, digits: str) -> bool:
    """Say whether these digits made the hash. Where there is none, it takes as long to say no."""
    known = pin_hash or _of_nobody()
    with _one_at_a_time:
        try:
            return _HASHER.verify(known, digits) and pin_hash is not None
        except VerifyMismatchError:
            return False


@cache
def _of_nobody() -> str:
    return hash_pin(Pin("0" * 11 + "1"))

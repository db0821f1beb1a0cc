"""Moments as text, one width, so that they sort as they happened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def stamp(at: datetime) -> str:
    """Write an aware moment as UTC text with milliseconds: "2026-11-22T04:01:02.123+00:00".

    Errors: ValueError for a moment without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read_stamp(text: str) -> datetime:
    """Read what `stamp` wrote, and nothing else.

    Errors: ValueError.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or stamp(at) != text:
        raise ValueError("not UTC text with milliseconds")
    return at


def is_stamp(value: Any) -> bool:
    """Say whether this is what `stamp` writes."""
    try:
        read_stamp(value)
    except (TypeError, ValueError):
        return False
    return True

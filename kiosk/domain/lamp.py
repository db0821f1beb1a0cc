"""The one thing an officer must see from afar: does everything arrive?"""

from __future__ import annotations

from enum import StrEnum

_DAY = 86_400


class Colour(StrEnum):
    """What the lamp shows."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


def colour_of(*, put_aside: int, oldest_seconds: int | None, amber_days: int, red_days: int) -> Colour:
    """Green while everything goes its way, amber when it is slow, red when a person must act.

    Shape: `put_aside` declarations were refused; `oldest_seconds` is None when nobody waits.
    Source: wording.md, retention defaults: an unsent declaration warns from day 3 and is red from day 7.
    """
    waited = oldest_seconds or 0
    if put_aside or waited >= red_days * _DAY:
        return Colour.RED
    return Colour.AMBER if waited >= amber_days * _DAY else Colour.GREEN

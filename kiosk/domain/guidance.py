"""One message at a time on the live picture, without flicker, and the moment to press the shutter."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.photo_words import GOOD, WAIT, FlawCode
from kiosk.domain.quality import Flaw

_SETTLE_SECONDS = 0.25  # a new message must hold this long before it is shown: three or four frames
_SHOWN_SECONDS = 0.8  # and the one before must have been there long enough to be read
_READY_SECONDS = 0.6  # good and still for so long, and the shutter fires


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the live picture says now.

    Shape: `hint` is a message id in Vietnamese of at most five words; `code` is None for good and wait.
    """

    code: FlawCode | None
    hint: str
    good: bool = False


START = Guidance(None, WAIT)
"""Before the first frame was judged."""
_GOOD = Guidance(None, GOOD, good=True)


class Guide:
    """Follows the flaws of frame after frame."""

    def __init__(self) -> None:
        self._shown = START
        self._shown_at = float("-inf")
        self._next = START
        self._next_at = 0.0
        self._good_at: float | None = None
        self._now = 0.0

    def observe(self, flaws: tuple[Flaw, ...], taken_at: float) -> Guidance:
        """Take in one frame's flaws, worst first, and return what to show.

        Units: `taken_at` in seconds on the monotonic clock, never going back.
        """
        self._now = taken_at
        found = Guidance(flaws[0].code, flaws[0].hint) if flaws else _GOOD
        self._good_at = None if flaws else taken_at if self._good_at is None else self._good_at
        if found != self._next:
            self._next, self._next_at = found, taken_at
        settled = taken_at - self._next_at >= _SETTLE_SECONDS
        read = taken_at - self._shown_at >= _SHOWN_SECONDS
        if self._next != self._shown and settled and read:
            self._shown, self._shown_at = self._next, taken_at
        return self._shown

    @property
    def good(self) -> bool:
        """True if the newest frame had no flaw."""
        return self._good_at is not None

    @property
    def ready(self) -> bool:
        """True if every frame has been good for long enough, and the visitor was told so."""
        return self._shown.good and self._good_at is not None and self._now - self._good_at >= _READY_SECONDS

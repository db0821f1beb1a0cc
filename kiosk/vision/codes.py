"""Every QR code in a picture, within a time.

zxing-cpp is asked first, our own decoder reads what it sees but cannot read, zbar finds some of the rest and,
before a form is filled, confirms what the others read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from kiosk.vision.budget import FIRST_COSTS, Budget, Costs
from kiosk.vision.code_check import SecondOpinion
from kiosk.vision.code_parts import FoundCode
from kiosk.vision.enhance import Grey, grey_of
from kiosk.vision.zbar_process import ZbarProcess

if TYPE_CHECKING:
    from kiosk.vision.code_search import CodeSearch

__all__ = ["CodeReader", "FoundCode"]

_BEYOND_EVERY = 8
"""Of so many frames one is searched for more after a code was found: every 0.7 s at 12 frames a second."""


class CodeReader:
    """Reads pictures within a budget of time. May be used from several threads; `close` ends its worker."""

    def __init__(
        self,
        frame_budget_ms: float = 120,
        still_budget_ms: float = 1500,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._frame_seconds = frame_budget_ms / 1000
        self._still_seconds = still_budget_ms / 1000
        self._clock = clock
        self._costs = Costs(FIRST_COSTS)
        self._frames = count()
        self._zbar = ZbarProcess()
        self._second_opinion = SecondOpinion(self._zbar)

    def read_frame(self, image: Grey) -> tuple[FoundCode, ...]:
        """Read a live frame, grey or blue-green-red, within the frame budget.

        A second code that is harder to read than the first may take a few frames to be found.
        """
        search = self._search(image, self._frame_seconds)
        return search.glance(beyond=next(self._frames) % _BEYOND_EVERY == 0)

    def read_still(self, image: Grey) -> tuple[FoundCode, ...]:
        """Read a photograph taken on purpose, trying harder."""
        return self._search(image, self._still_seconds).study()

    def confirms(self, image: Grey, code: FoundCode) -> bool:
        """Whether a code found in this picture may fill a form: two decoders or frames read it alike."""
        return self._second_opinion.backs(grey_of(image), code)

    def close(self) -> None:
        """End the worker process. Safe to call twice."""
        self._zbar.close()

    def _search(self, image: Grey, seconds: float) -> CodeSearch:
        from kiosk.vision.code_search import CodeSearch  # noqa: PLC0415 - the first page reads no code

        return CodeSearch(grey_of(image), Budget(seconds, self._costs, self._clock), self._zbar)

"""The second opinion on a code, asked before a form is filled from it."""

from __future__ import annotations

import numpy as np

from kiosk.vision.code_parts import FoundCode
from kiosk.vision.enhance import Grey, resized
from kiosk.vision.zbar_process import ZbarProcess

_MODULE_PX = 3.5  # as zbar is shown a code. Source: it reads 96 % then, 89 % at 3 px
_ROOM = 0.06  # of a side, around the code
_SECONDS = 0.05  # a worker that hangs must not hold up the camera


class SecondOpinion:
    """Believes what two decoders read alike, or one decoder in two frames.

    Of what was read it keeps a hash alone, with this process's own salt.
    """

    def __init__(self, zbar: ZbarProcess) -> None:
        self._zbar = zbar
        self._latest = 0

    def backs(self, grey: Grey, code: FoundCode) -> bool:
        """Whether zbar reads the same from this picture, or the picture asked about before said the same."""
        before, self._latest = self._latest, hash(code.payload)
        return before == self._latest or self._zbar_reads_it(grey, code)

    def _zbar_reads_it(self, grey: Grey, code: FoundCode) -> bool:
        if not code.modules:
            return False
        answer = self._zbar.read_codes(_cut_out(grey, code), _SECONDS) or []
        return any(payload == code.payload for payload, _ in answer)


def _cut_out(grey: Grey, code: FoundCode) -> Grey:
    """The code and its rim, at the size that zbar reads best."""
    corners = np.array(code.corners)
    low, high = corners.min(0), corners.max(0)
    side = float((high - low).max())
    left, top = np.maximum(low - _ROOM * side, 0).astype(int)
    right, bottom = (high + _ROOM * side).astype(int)
    return resized(grey[top:bottom, left:right], _MODULE_PX * code.modules / side)

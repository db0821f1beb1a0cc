"""The make-believe printer behind every wire: paper, sensors, and an answer to each question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hardware.protocols import PaperState
from hardware.sim.paper import Command, Cut, Paper, Question, Roll, split

ROLL_SLIPS = 400  # 80 m of paper, 0.2 m a slip
_NEAR_END_SLIPS = 20  # 4 m: a lever over the last turns of the roll

# What the four sensors say, DLE EOT 1 to 4. Written down from the manual, not taken from the asking side.
_SENSORS = {
    PaperState.OK: (0x12, 0x12, 0x12, 0x12),
    PaperState.NEAR_END: (0x12, 0x12, 0x12, 0x1E),
    PaperState.NO_PAPER: (0x1A, 0x32, 0x12, 0x7E),
    PaperState.COVER_OPEN: (0x1A, 0x16, 0x12, 0x12),
    PaperState.ERROR: (0x1A, 0x52, 0x1A, 0x12),
    PaperState.UNKNOWN: (0x00, 0x00, 0x00, 0x00),  # bits that no printer sends
}
_PRINTING = (PaperState.OK, PaperState.NEAR_END, PaperState.UNKNOWN)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Printed:
    """One slip as it fell: the bytes that made it, and the paper."""

    stream: bytes
    paper: Paper


class Thermal:
    """Takes bytes, gives answers, hands each cut slip to `on_slip`.

    Shape:  `paper` is the number of slips left, `condition` what ails it, `rows_left` the rows to the end of
            the paper where that is to come in mid-slip. All three may be changed at any time.
    Errors: StreamError from `take`, for bytes no printer would understand.
    """

    def __init__(self, width_dots: int, on_slip: Callable[[Printed], None], paper: int = ROLL_SLIPS) -> None:
        self.paper = paper
        self.condition = PaperState.OK
        self.rows_left: int | None = None
        self._width_dots = width_dots
        self._on_slip = on_slip
        self._roll = Roll(width_dots)
        self._stream = bytearray()
        self._unread = b""
        self._taken = 0
        self._waits = False

    @property
    def state(self) -> PaperState:
        """What the sensors see."""
        if self.condition is not PaperState.OK:
            return self.condition
        if self.paper == 0:
            return PaperState.NO_PAPER
        return PaperState.NEAR_END if self.paper <= _NEAR_END_SLIPS else PaperState.OK

    def take(self, data: bytes) -> bytes:
        """Obey what is complete, keep the rest for later, and give the answers."""
        found, self._unread = split(self._unread + data, self._taken - len(self._unread))
        self._taken += len(data)
        answers = bytearray()
        for command, raw in found:
            if isinstance(command, Question):
                answers += self._answer(command)
            elif self.state not in _PRINTING:
                self._waits = True
            else:
                self._obey(command, raw)
        return bytes(answers)

    def hang_up(self) -> None:
        """Forget what was not printed, as a printer does that is switched off and on with a new roll."""
        self._unread, self._waits = b"", False

    def _answer(self, question: Question) -> bytes:
        if question.at_once:
            return bytes((_SENSORS[self.state][question.number - 1],))
        return b"" if self._waits else b"\x00"  # it has its turn behind what waits for paper

    def _obey(self, command: Command, raw: bytes) -> None:
        self._roll.obey(command)
        self._stream += raw
        if self.rows_left is not None and self._roll.rows > self.rows_left:
            self.paper, self._waits = 0, True
            self._fresh()
        elif isinstance(command, Cut):
            self.paper -= 1
            self._on_slip(Printed(bytes(self._stream), self._roll.paper()))
            self._fresh()

    def _fresh(self) -> None:
        self._roll, self._stream = Roll(self._width_dots), bytearray()

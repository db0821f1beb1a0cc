"""Asking a printer how it is. python-escpos takes silence for plenty of paper; here silence is unknown."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.printer_wires import Wire
from hardware.protocols import PaperState, Trouble

ASK_SECONDS = 0.6  # with connecting, an answer within a second

# Bits of the four answers to DLE EOT n. Source: Epson ESC/POS Command Reference, "DLE EOT".
_FIXED_MASK, _FIXED = 0b1001_0011, 0b0001_0010
_OFFLINE = 0b0000_1000  # n = 1
_COVER_OPEN, _STOPPED_FOR_PAPER, _ERROR = 0b0000_0100, 0b0010_0000, 0b0100_0000  # n = 2
_ANY_ERROR = 0b0110_1100  # n = 3: recoverable, cutter, unrecoverable, recovers by itself
_NEAR_END, _PAPER_END = 0b0000_1100, 0b0110_0000  # n = 4

_STOPPED = (PaperState.NO_PAPER, PaperState.COVER_OPEN, PaperState.ERROR)
_LOOK_EVERY_SECONDS = 1.0
_WHEN_DONE = b"\x1dr\x01"  # GS r 1: unlike DLE EOT it waits its turn behind all that was sent before


def ask_state(wire: Wire, seconds: float = ASK_SECONDS) -> PaperState | Trouble:
    """Ask the four questions and judge the answers; never raises, never guesses.

    Shape: one answer that is late or missing makes the whole silent, one that is too long or lacks its fixed
           bits of a wrong format.
    """
    until = time.monotonic() + seconds
    answers = []
    try:
        _forget_old_answers(wire)
        for question in (1, 2, 3, 4):
            wire.send(bytes((0x10, 0x04, question)))
            answer = wire.receive(until - time.monotonic())
            if not answer:
                return Trouble.SILENT
            if len(answer) != 1 or answer[0] & _FIXED_MASK != _FIXED:
                return Trouble.WRONG_FORMAT
            answers.append(answer[0])
    except OSError:
        return Trouble.SILENT
    return _judge(*answers)


def wait_until_printed(wire: Wire, seconds: float, sign_of_life: Callable[[], None]) -> bool:
    """Say whether the printer has worked through everything sent so far; gives up early on one that stopped.

    Shape:  `sign_of_life` is called whenever it answers anything.

    Errors: OSError when it hangs up.
    Source: Epson ESC/POS Command Reference, "GS r": answered in order of receipt; bits 4 and 7 are off.
    """
    wire.send(_WHEN_DONE)
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        answer = wire.receive(min(left, _LOOK_EVERY_SECONDS))
        # Dots that look like a question are answered while they pass; those answers have bit 4.
        if any(byte & 0b1001_0000 == 0 for byte in answer):
            return True
        state = None if answer else ask_state(wire)
        if state in _STOPPED:
            return False
        if not isinstance(state, Trouble):
            sign_of_life()
    return False


def _judge(printer: int, offline: int, error: int, paper: int) -> PaperState:
    # An open cover often reports missing paper too: the cover is what to see to first.
    if offline & _COVER_OPEN:
        return PaperState.COVER_OPEN
    if offline & _STOPPED_FOR_PAPER or paper & _PAPER_END:
        return PaperState.NO_PAPER
    if printer & _OFFLINE or offline & _ERROR or error & _ANY_ERROR:
        return PaperState.ERROR
    return PaperState.NEAR_END if paper & _NEAR_END else PaperState.OK


def _forget_old_answers(wire: Wire) -> None:
    for _ in range(16):  # enough for what a slip can provoke; a printer that never stops stays unknown
        if not wire.receive(0):
            return

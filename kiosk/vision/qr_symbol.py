"""How a QR code is laid out: what every code of a version has in common, and in which order the rest is read.

Source: ISO/IEC 18004:2015, with the tables of the segno package.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from segno import consts

Marks = NDArray[np.float32]
"""Modules by row and column: 1 dark, -1 light, 0 not known; or anything between, as far as one is sure."""
Places = NDArray[np.intp]

_LEVELS = {
    "L": consts.ERROR_LEVEL_L,
    "M": consts.ERROR_LEVEL_M,
    "Q": consts.ERROR_LEVEL_Q,
    "H": consts.ERROR_LEVEL_H,
}
_FORMAT_BITS = {"M": 0x00, "L": 0x08, "H": 0x10, "Q": 0x18}


class Format(NamedTuple):
    """What the format modules say: the level of error correction, and which mask lies over the content."""

    level: str
    mask: int


class Block(NamedTuple):
    """A part of the content that is corrected by itself: which codewords, and how many of them are parity."""

    words: Places
    parity: int


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """The plan of one version.

    Shape: `fixed` (n, n); `order` (bits, 2), row and column of each bit of the content as it is read;
           `masks` (8, bits), True where a mask inverts; `format_places` (30, 2) with one row of 30 marks
           for each format; `alignments` (k, 2), the middle modules of the small squares.
    """

    version: int
    fixed: Marks
    order: Places
    masks: NDArray[np.bool_]
    format_places: Places
    formats: dict[Format, Marks]
    alignments: Places

    @property
    def modules(self) -> int:
        """Modules along a side."""
        return len(self.fixed)

    def blocks(self, level: str) -> tuple[Block, ...]:
        """The blocks of the content; codewords of all blocks are interleaved."""
        return _blocks(self.version, level)


@cache
def symbol(version: int) -> Symbol:
    """Return the plan of version 1 to 40."""
    size = 17 + 4 * version
    drawn, fixed = _drawn(version, size), np.zeros((size, size), np.float32)
    format_places = _format_places(size)
    taken = drawn != 0
    taken[tuple(format_places.T)] = True
    fixed[:] = drawn
    order = _reading_order(~taken)
    return Symbol(
        version=version,
        fixed=fixed,
        order=order,
        masks=_masks(*order.T),
        format_places=format_places,
        formats=_formats(),
        alignments=_alignments(version, size),
    )


def _drawn(version: int, size: int) -> Marks:
    marks = np.zeros((size, size), np.float32)
    stripes = np.where(np.arange(size) % 2, -1, 1)
    marks[6], marks[:, 6] = stripes, stripes
    for row, column in _alignments(version, size):
        marks[row - 2 : row + 3, column - 2 : column + 3] = _squares(5)
    finder = np.full((8, 8), -1, np.float32)
    finder[:7, :7] = _squares(7)
    marks[:8, :8], marks[:8, -8:], marks[-8:, :8] = finder, finder[:, ::-1], finder[::-1]
    if version >= 7:
        info = np.array([consts.VERSION_INFO[version - 7] >> bit & 1 for bit in range(18)])
        marks[:6, -11:-8] = np.where(info, 1, -1).reshape(6, 3)
        marks[-11:-8, :6] = marks[:6, -11:-8].T
    marks[-8, 8] = 1
    return marks


def _squares(size: int) -> Marks:
    """Squares in squares: a dark rim, a light one, and a dark middle."""
    marks = np.ones((size, size), np.float32)
    marks[1:-1, 1:-1] = -1
    marks[2:-2, 2:-2] = 1
    return marks


def _alignments(version: int, size: int) -> Places:
    along: tuple[int, ...] = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    places = [(row, column) for row in along for column in along if (row, column) not in corners]
    return np.array(places, np.intp).reshape(-1, 2)


def _format_places(size: int) -> Places:
    """Both copies of the format, least significant bit first."""
    around = [0, 1, 2, 3, 4, 5, 7, 8]
    first = [(row, 8) for row in around] + [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    second = [(8, size - 1 - bit) for bit in range(8)] + [(size - 7 + bit, 8) for bit in range(7)]
    return np.array(first + second, np.intp)


@cache
def _formats() -> dict[Format, Marks]:
    formats = {}
    for level, high in _FORMAT_BITS.items():
        for mask in range(8):
            bits: int = consts.FORMAT_INFO[high + mask]
            once = [1.0 if bits >> bit & 1 else -1.0 for bit in range(15)]
            formats[Format(level, mask)] = np.array(once * 2, np.float32)
    return formats


def _reading_order(free: NDArray[np.bool_]) -> Places:
    """Two columns at a time from the right, up and down in turn; the timing column is passed over."""
    size = len(free)
    order = []
    for turn, right in enumerate([*range(size - 1, 6, -2), 5, 3, 1]):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        order += [(row, column) for row in rows for column in (right, right - 1) if free[row, column]]
    return np.array(order, np.intp)


def _masks(row: Places, column: Places) -> NDArray[np.bool_]:
    both, times = row + column, row * column
    return np.array(
        [
            both % 2 == 0,
            row % 2 == 0,
            column % 3 == 0,
            both % 3 == 0,
            (row // 2 + column // 3) % 2 == 0,
            times % 2 + times % 3 == 0,
            (times % 2 + times % 3) % 2 == 0,
            (both % 2 + times % 3) % 2 == 0,
        ]
    )


@cache
def _blocks(version: int, level: str) -> tuple[Block, ...]:
    table: Any = consts.ECC
    sizes = [
        (each.num_data, each.num_total - each.num_data)
        for each in table[version][_LEVELS[level]]
        for _ in range(each.num_blocks)
    ]
    words: list[list[int]] = [[] for _ in sizes]
    next_word = 0
    for part in (0, 1):  # first the content of all blocks, then their parity
        for step in range(max(size[part] for size in sizes)):
            for block, size in enumerate(sizes):
                if step < size[part]:
                    words[block].append(next_word)
                    next_word += 1
    return tuple(
        Block(np.array(each, np.intp), parity) for each, (_, parity) in zip(words, sizes, strict=True)
    )

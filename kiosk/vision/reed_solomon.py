"""Error correction of QR codes, told which codewords are doubtful: a known gap costs half of a hidden error.

Source: ISO/IEC 18004:2015, 7.5 (field and generator); Blahut, Algebraic Codes for Data Transmission, 7.5
        (Berlekamp-Massey started from the erasures) and 7.4 (Forney).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, log

import numpy as np
from numpy.typing import NDArray
from segno import consts

Words = NDArray[np.int32]

_EXP: list[int] = [*consts.GALIOS_EXP[:255]] * 3
_LOG: list[int] = [0] * 256
for _power in range(255):
    _LOG[_EXP[_power]] = _power
_EXPS, _LOGS = np.array(_EXP, np.int32), np.array(_LOG, np.int32)

_CHANCE, _CHANCE_UNTOUCHED = log(1e-9), log(1e-7)
"""Most a block may risk of being "corrected" into something else. More when only gaps had to be filled:
what was seen would have to be wrong without looking so."""


def corrected(words: Words, parity: int, doubts: NDArray[np.float32]) -> Words | None:
    """Correct one block, passing over more and more of its doubtful words until it works; None if it cannot.

    Shape: `doubts` falls with the certainty of each word: the most doubtful has the highest.
    """
    order = np.argsort(-doubts, kind="stable")
    for erased in [*range(0, parity - 3, 2), parity - 3]:
        places = order[:erased]
        answer = _corrected(words, parity, places.tolist())
        if answer is None:
            continue
        kept = np.ones(len(words), bool)
        kept[places] = False
        errors = int(np.count_nonzero((answer != words) & kept))
        if _may_be_trusted(len(words) - erased, errors, parity - erased):
            return answer
    return None


def _may_be_trusted(words: int, errors: int, checks: int) -> bool:
    """Whether random words would come this close to a valid block too seldom to matter."""
    chance = log(comb(words, errors)) + errors * log(255) - checks * log(256)
    return chance < (_CHANCE if errors else _CHANCE_UNTOUCHED)


def _corrected(words: Words, parity: int, erased: Sequence[int]) -> Words | None:
    length = len(words)
    syndromes = _syndromes(words, parity)
    if not any(syndromes):
        return words
    locator = _locator(syndromes, [length - 1 - place for place in erased])
    if locator is None:
        return None
    powers = _roots(locator, length)
    if len(powers) != len(locator) - 1:
        return None
    answer = words.copy()
    evaluator = _times(syndromes, locator)[:parity]
    for power in powers:
        size = _magnitude(evaluator, locator, power)
        if size is None:
            return None
        answer[length - 1 - power] ^= size
    return None if any(_syndromes(answer, parity)) else answer


def _syndromes(words: Words, parity: int) -> list[int]:
    places = np.flatnonzero(words)
    powers = len(words) - 1 - places
    exponents = (_LOGS[words[places]] + np.arange(parity)[:, None] * powers) % 255
    return [int(each) for each in np.bitwise_xor.reduce(_EXPS[exponents], axis=1)]


def _locator(syndromes: list[int], erased: list[int]) -> list[int] | None:
    """The polynomial whose roots name the bad words, lowest power first; None if there are too many."""
    parity, known = len(syndromes), len(erased)
    locator = [1]
    for power in erased:
        locator = _times(locator, [1, _EXP[power]])
    locator += [0] * (parity + 1 - len(locator))
    before, degree = list(locator), known
    for step in range(known, parity):
        wrong = 0
        for at in range(step + 1):
            wrong ^= _product(locator[at], syndromes[step - at])
        before = [0, *before[:-1]]
        if not wrong:
            continue
        longer = [now ^ _product(wrong, then) for now, then in zip(locator, before, strict=True)]
        if 2 * degree <= step + known:
            degree = step + 1 + known - degree
            inverse = _EXP[255 - _LOG[wrong]]
            before = [_product(each, inverse) for each in locator]
        locator = longer
    if any(locator[degree + 1 :]) or 2 * degree - known > parity:
        return None
    return locator[: degree + 1]


def _roots(locator: list[int], length: int) -> list[int]:
    """Powers of the bad words: every place is tried."""
    powers = np.arange(length)
    total = np.zeros(length, np.int32)
    for at, each in enumerate(locator):
        if each:
            total ^= _EXPS[(_LOG[each] - at * powers) % 255]
    return [int(power) for power in np.flatnonzero(total == 0)]


def _magnitude(evaluator: list[int], locator: list[int], power: int) -> int | None:
    """By how much the word at a power is off (Forney)."""
    inverse = 255 - power
    over = _value(evaluator, inverse)
    odd = [each if at % 2 else 0 for at, each in enumerate(locator)]
    under = _value(odd[1:], inverse)
    if not under:
        return None
    return _product(_product(over, _EXP[255 - _LOG[under]]), _EXP[power])


def _value(polynomial: list[int], exponent: int) -> int:
    total = 0
    for at, each in enumerate(polynomial):
        if each:
            total ^= _EXP[(_LOG[each] + at * exponent) % 255]
    return total


def _times(left: list[int], right: list[int]) -> list[int]:
    product = [0] * (len(left) + len(right) - 1)
    for at, one in enumerate(left):
        if one:
            for beside, other in enumerate(right):
                product[at + beside] ^= _product(one, other)
    return product


def _product(left: int, right: int) -> int:
    return _EXP[_LOG[left] + _LOG[right]] if left and right else 0

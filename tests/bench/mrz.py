"""The lines on a card's back: how many are accepted and right, how many accepted and wrong, and how fast."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import cv2
import numpy as np

from kiosk.domain.citizen_mrz import read_card_back
from kiosk.domain.identity import CitizenCard
from kiosk.domain.text import UnreadableCode
from kiosk.vision.mrz import read_lines
from tests.scenes.backs import GRID, MONO, TODAY, Back, Strain, shoot

SEED = 20261122


def run(full: bool) -> None:
    """Print a row for each strain and the sum. The name has no check digit: its row is for information."""
    count = 20 if full else 3
    cv2.setNumThreads(1)
    total = np.zeros(4, int)
    times: list[float] = []
    print(
        f"seed {SEED}; {count} cards a row; letters: {'DejaVu Sans Mono' if MONO.exists() else 'Noto Sans'}"
    )
    print(f"{'':<20} right wrong none  name exact  median ms  calls")
    for name, strain in GRID.items():
        row, spent, calls = _row(strain, count)
        total, times = total + row, times + spent
        print(_line(name, row, spent, calls), flush=True)
    print(_line("all", total, times, 0))
    print(f"accepted and wrong: {total[1]} (must be 0)")


def _row(strain: Strain, count: int) -> tuple[np.ndarray, list[float], float]:
    row, spent, calls = np.zeros(4, int), [], 0
    for number in range(count):
        back = shoot(strain, np.random.default_rng((SEED, number)))
        accept = Counting(_accept)
        before = time.perf_counter()
        card = read_lines(back.image, accept)
        spent.append((time.perf_counter() - before) * 1000)
        calls += accept.calls
        row += _judged(card, back)
    return row, spent, calls / count


class Counting:
    """Counts how often it is asked."""

    def __init__(self, ask: Callable[[str], CitizenCard | None]) -> None:
        self._ask, self.calls = ask, 0

    def __call__(self, text: str) -> CitizenCard | None:
        self.calls += 1
        return self._ask(text)


def _accept(text: str) -> CitizenCard | None:
    try:
        return read_card_back(text, TODAY)
    except UnreadableCode:
        return None


def _judged(card: CitizenCard | None, back: Back) -> np.ndarray:
    if card is None:
        return np.array([0, 0, 1, 0])
    read = (
        card.personal_id.digits,
        card.date_of_birth.iso(),
        card.sex,
        card.expires_on and card.expires_on.iso(),
    )
    right = read == (back.personal_id, back.born, back.sex, back.ends)
    return np.array([right, not right, 0, card.full_name == back.name[: len(card.full_name)] != ""])


def _line(name: str, row: np.ndarray, spent: list[float], calls: float) -> str:
    right, wrong, none, named = row
    often = f"{calls:6.1f}" if calls else ""
    return (
        f"{name:<20} {right:>5} {wrong:>5} {none:>4}  {named:>10}  {statistics.median(spent):>9.0f} {often}"
    )

"""Questions people ask, and finding the one they mean: with or without marks, in any order of words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.domain.names import name_key

_PASSED_OVER = {"TOI", "CON", "CO", "DUOC", "KHONG", "LA", "THI", "SAO", "CUA", "CHO", "O", "VA", "NAO"}
_PASSED_OVER |= {"THE", "A", "IS", "MY", "I", "DO", "CAN", "TO", "OF"}
"""THE is also thẻ, card: every question here is about one."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer, in one language."""

    asked: str
    answer: str


def search(questions: tuple[Question, ...], text: str) -> tuple[Question, ...]:
    """Those that hold the words, the best first; all of them where nothing was asked.

    Shape:  a word counts three in the question and one in the answer; words that every question has count
            only if nothing else was typed.
    """
    words = _words(text)
    telling = words - _PASSED_OVER or words
    if not telling:
        return questions
    counted = [(_score(each, telling), at) for at, each in enumerate(questions)]
    return tuple(questions[at] for score, at in sorted(counted, key=lambda one: (-one[0], one[1])) if score)


def _score(question: Question, words: set[str]) -> int:
    return 3 * len(words & _words(question.asked)) + len(words & _words(question.answer))


def _words(text: str) -> set[str]:
    """Capital letters without marks; digits are words too."""
    return {name_key(each) or each for each in re.findall(r"\w+", text)}

"""Sentences and choices that come from data files, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence a visitor sees, in both languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence for "vi" or "en"; Vietnamese for any other."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers."""

    id: str
    name: Wording

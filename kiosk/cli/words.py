"""The sentences of the screen, for commands: Vietnamese as written, English from the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.checkout import ROOT
from kiosk.languages import catalogue

LANGUAGES = ("vi", "en")
Say = Callable[[str], str]


def speaking(language: str) -> Say:
    """Return what says a sentence in this language; one that is not in the catalogue stays Vietnamese."""
    return catalogue(ROOT / "kiosk" / "translations", language).gettext

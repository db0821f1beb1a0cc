"""Vietnamese stands in the code and the templates, every other language in a folder with its catalogue."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

VIETNAMESE = "vi"


def own_names(folder: Path) -> dict[str, str]:
    """Every language there is, Vietnamese first, as its speakers call it.

    Shape: `folder` holds LANGUAGE/name and LANGUAGE/LC_MESSAGES/messages.mo. The name has a file of its own
           because the first page shows it, and the catalogue takes longer to read.
    """
    others = {path.parent.name: path.read_text("utf-8").strip() for path in sorted(folder.glob("*/name"))}
    return {VIETNAMESE: "Tiếng Việt"} | others


@cache
def catalogue(folder: Path, language: str) -> NullTranslations:
    """The words of one language, read once. A sentence that is not there stays Vietnamese."""
    return translation("messages", folder, [language], fallback=True)

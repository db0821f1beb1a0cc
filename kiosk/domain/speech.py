"""A screen's words as they are said: abbreviations in full, numbers digit by digit, dates as dates."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DATE = re.compile(r"\b([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b")
_DATES = {"vi": r"ngày {} tháng {} năm {}", "en": r"{}/{}/{}"}
_STEP = re.compile(r"\b([0-9])/([0-9])\b")
_STEPS = {"vi": r"\1 trên \2", "en": r"\1 of \2"}
_NUMBER = re.compile(r"[•0-9](?:[ .]?[•0-9]){5,}")
_CODE = re.compile(r"\b(?=[A-Z0-9-]*[0-9])(?=[A-Z0-9-]*[A-Z-])[A-Z0-9]+(?:-[A-Z0-9*~$=]+)*\b")
_UNKNOWN = re.compile(r"\b[A-ZĐ]{2,5}\b")
"""An abbreviation without an entry is spelt letter by letter."""
_BETWEEN = "|"


def spoken(text: str, language: str, words: Mapping[str, str]) -> str:
    """The text for a speech program, one sentence a line.

    Shape:  `words` maps abbreviations to what is said. Masked digits are passed over.
    """
    lines = [_line(each.strip(), language, words) for each in text.splitlines()]
    return "\n".join(_ended(each) for each in lines if each)


def _line(text: str, language: str, words: Mapping[str, str]) -> str:
    dated = _DATES.get(language, _DATES["vi"])
    text = _DATE.sub(lambda found: dated.format(*(int(each) for each in found.groups())), text)
    text = _STEP.sub(_STEPS.get(language, _STEPS["vi"]), text)
    text = _NUMBER.sub(lambda found: _digits(found[0]), text)
    text = _CODE.sub(lambda found: " ".join(found[0].replace("-", ",")), text)
    known = rf"\b(?:{_BETWEEN.join(map(re.escape, words))})\b"
    text = re.sub(known, lambda found: words[found[0]], text)
    text = _UNKNOWN.sub(lambda found: " ".join(found[0]), text)
    return text.replace("•", "").replace("·", ",").strip()


def _digits(number: str) -> str:
    """In its groups: "0912 345 678" is nought, nine, one, two; three, four, five; ..."""
    return ", ".join(" ".join(group.replace("•", "")) for group in number.split(" ") if group.strip("•"))


def _ended(line: str) -> str:
    return line if line.endswith((".", "?", "!", ":")) else f"{line}."

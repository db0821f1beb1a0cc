"""Every message of the station, in both languages: what is missing or wrong, and what to do next."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.conftest import ROOT

_MODULES = (
    "kiosk/problems/",
    "kiosk/domain/finding_kinds.py",
    "kiosk/domain/photo_words.py",
    "kiosk/domain/reasons.py",
    "kiosk/domain/troubles.py",
)
_MESSAGE = re.compile(r'class="(notice|guidance|field__error)|set (lead|hint) =')
_SAMPLES = {
    "number": "103",
    "num": "12",
    "code": "DEMO-0001-7K",
    "wait": "2 phút",
    "days": "10",
    "ids": "07918-1",
}


def messages() -> list[str]:
    """Vietnamese and English, with samples for what is filled in."""
    with (ROOT / "kiosk/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        english = read_po(file, locale="en")
    found = dict.fromkeys(_vietnamese())
    found |= dict.fromkeys(str(english[each].string) for each in tuple(found))
    for file in (ROOT / "kiosk/data/forms").rglob("*.toml"):
        found |= dict.fromkeys(_in_both(tomllib.loads(file.read_text("utf-8"))))
    return [re.sub(r"%\((\w+)\)s", lambda name: _SAMPLES.get(name[1], "12:30"), each) for each in found]


def _vietnamese() -> Iterator[str]:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    for name, line, message, _, _ in extract_from_dir(ROOT, methods, options):
        if isinstance(message, str) and (name.startswith(_MODULES) or _is_in_a_message(name, line)):
            yield message


def _is_in_a_message(name: str, line: int) -> bool:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return name.endswith(".html") and _MESSAGE.search(lines[line - 1]) is not None


def _in_both(profile: Any) -> Iterator[str]:
    """What the procedures say beside a question and of a wrong answer."""
    for name, value in profile.items() if isinstance(profile, dict) else enumerate(profile):
        if name in ("offer", "hint", "rule"):
            yield from value.values()
        elif isinstance(value, dict | list):
            yield from _in_both(value)

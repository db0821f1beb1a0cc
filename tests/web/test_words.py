"""The words: complete in English, and free of what the content policy would block."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from kiosk.domain.photo_words import CORNERS, SIDES, WORDS
from tests.conftest import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWINGS = sorted((ROOT / "templates").rglob("*.svg"))


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (ROOT / "kiosk/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_every_sentence_has_its_english(catalogue: Catalog) -> None:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = {message for _, _, message, _, _ in extract_from_dir(ROOT, methods, options)}
    missing = [each for each in found if each not in catalogue or not catalogue[each].string]
    assert missing == []


def test_the_english_keeps_every_placeholder(catalogue: Catalog) -> None:
    for message in catalogue:
        for original, english in zip(_forms(message.id), _forms(message.string), strict=False):
            assert re.findall(r"%\(\w+\)s", original) == re.findall(r"%\(\w+\)s", english) or set(
                re.findall(r"%\(\w+\)s", original)
            ) == set(re.findall(r"%\(\w+\)s", english)), original


def test_what_is_wrong_with_a_photograph_is_a_sentence_of_its_own(catalogue: Catalog) -> None:
    told = [words.message for kinds in WORDS.values() for words in kinds.values()]
    told += [words.message for words in (*CORNERS, *SIDES.values())]
    both = [*told, *(str(catalogue[each].string) for each in told)]
    assert [each for each in both if each.count(". ") != 1] == [], "the review shows the first alone"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_nothing_that_the_content_policy_blocks(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"\shx-on|\son[a-z]+=|\sstyle=|<style|js:|hx-trigger=\"[^\"]*\[", text)
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_drawings_are_silent_and_need_no_ids(drawing: Path) -> None:
    text = drawing.read_text("utf-8")
    assert 'aria-hidden="true"' in text
    assert not re.search(r"\sid=|<text|<style|href=", text)


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)

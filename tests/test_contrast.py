"""Words against what they stand on: 7:1 in both themes (WCAG 1.4.6), read from the stylesheets themselves."""

from __future__ import annotations

import re
from itertools import product

import pytest

from tests.conftest import ROOT

SHEETS = {path.name: path.read_text("utf-8") for path in (ROOT / "static" / "css").glob("*.css")}
GROUNDS = ("paper", "card")
ANYWHERE = ("ink", "ink-soft", "brand", "bad", "good", "warn")
"""Colours of words that stand on the page, on a panel or on a button of either."""


def _theme(selector: str) -> dict[str, str]:
    """The colours that a rule of tokens.css names."""
    rule = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", SHEETS["tokens.css"], re.DOTALL | re.MULTILINE)
    assert rule
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", rule[1]))


LIGHT = _theme(":root")
HIGH = LIGHT | _theme('html[data-contrast="high"]')


def _together(theme: dict[str, str]) -> set[tuple[str, str]]:
    """Colours of words and of grounds that one rule sets side by side; of a gradient each."""
    pairs = set()
    for sheet in SHEETS.values():
        for rule in re.findall(r"\{([^{}]*)\}", sheet):
            words = re.search(r"(?<![\w-])color: ([^;]+)", rule)
            ground = re.search(r"background: ([^;]+)", rule)
            if words and ground:
                pairs |= set(product(_colours(words[1], theme), _colours(ground[1], theme)))
    return pairs


def _colours(value: str, theme: dict[str, str]) -> list[str]:
    found = re.findall(r"var\(--([\w-]+)\)|(#[0-9a-f]{6}|#[0-9a-f]{3})\b", value)
    return [
        theme[name] if name else hue if len(hue) == 7 else "#" + "".join(2 * h for h in hue[1:])
        for name, hue in found
    ]


def _contrast(one: str, other: str) -> float:
    """Ratio of luminances. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, HIGH], ids=["light", "high contrast"])
def test_words_stand_out_from_what_they_stand_on(theme: dict[str, str]) -> None:
    together = _together(theme)
    assert len(together) >= 10, "the stylesheets are read"
    anywhere = {(theme[words], theme[ground]) for words, ground in product(ANYWHERE, GROUNDS)}
    soft = {(theme[words], theme["brand-soft"]) for words in ("ink", "ink-soft", "brand")}
    weak = {
        f"{words} on {ground}: {ratio:.1f}"
        for words, ground in together | anywhere | soft
        if (ratio := _contrast(words, ground)) < 7
    }
    assert weak == set()

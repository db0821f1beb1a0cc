from __future__ import annotations

import re
import unicodedata

import pytest

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.finding_kinds import EVERY, OF_WARNING
from kiosk.domain.findings import Finding, Severity, worst_first


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.code)
def test_every_finding_says_politely_what_to_do(kind):
    assert "xin" in kind.advice.lower()
    for text in (kind.what, kind.advice):
        assert text.endswith(".")
        assert unicodedata.is_normalized("NFC", text)
        assert len(text) <= 100, "must fit two lines on the review page"


def test_codes_are_unique_and_plain():
    codes = [kind.code for kind in EVERY]
    assert len(set(codes)) == len(codes) > 25
    assert all(re.fullmatch(r"[a-z0-9-]+", code) for code in codes)


def test_every_warning_has_its_words():
    assert set(OF_WARNING) == set(CardWarning)
    assert all(kind.code == warning.value for warning, kind in OF_WARNING.items())


def test_the_worst_come_first_and_equals_keep_their_order():
    findings = tuple(Finding(kind) for kind in EVERY)
    ordered = worst_first(findings)
    assert sorted({each.severity for each in ordered}) == list(Severity)
    of_one = [each for each in findings if each.severity is Severity.CHECK]
    assert [each for each in ordered if each.severity is Severity.CHECK] == of_one

"""The invented cards must be varied enough for what is claimed of them."""

from __future__ import annotations

import unicodedata
from random import Random

from kiosk.domain.insurance import HealthLayout
from kiosk.domain.scan import read_scan
from tests import cards


def test_every_vietnamese_letter_is_drawn():
    rng = Random(1)
    seen = {letter for _ in range(3000) for letter in cards.name(rng)}
    assert len(cards.LETTERS) == 134
    assert set(cards.LETTERS) <= seen


def test_tone_marks_stand_on_either_vowel():
    rng = Random(2)
    words = " ".join(cards.name(rng) for _ in range(2000))
    for old, new in (("hòa", "hoà"), ("khỏe", "khoẻ"), ("thúy", "thuý")):
        assert old[1:] in words.lower()
        assert new[1:] in words.lower()
    assert unicodedata.is_normalized("NFC", words)


def test_the_same_seed_gives_the_same_cards():
    assert cards.citizen_card(Random(3)) == cards.citizen_card(Random(3))
    assert cards.health_card(Random(3)) == cards.health_card(Random(3))


def test_two_thousand_cards_of_all_layouts_are_read_as_they_were_written():
    rng = Random(20261122)
    for _ in range(2000):
        card = rng.choice([cards.citizen_card, cards.health_card])(rng)
        assert read_scan(card.to_qr().encode()) == card
    layouts = {cards.citizen_card(rng).layout for _ in range(50)} | {
        cards.health_card(rng).layout for _ in range(50)
    }
    assert layouts == {*cards.WITH_A_CODE, *HealthLayout}

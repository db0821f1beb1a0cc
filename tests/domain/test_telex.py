"""Hex digits that passed through a Vietnamese input method on their way."""

from __future__ import annotations

from random import Random

import pytest

from kiosk.domain.hex_text import read_hex
from kiosk.domain.insurance import HealthLayout
from kiosk.domain.scan import read_scan
from kiosk.domain.telex import repaired
from kiosk.domain.text import MalformedField
from tests import cards
from tests.domain.ime import typed_in_telex


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4ê1bbà", "Nữ"),
        ("4Ê1BBÀ", "Nữ"),
        ("c3â", "ê"),
        ("e1bầ", "ắ"),
        ("e1bâ5", "ấ"),
        ("c6à", "Ư"),
        ("6ê1bàb", "nế"),  # f typed two letters after its a
        ("54e1baa4e", "TẪN"),  # a third a took the sign away again
        ("4b484fe1bâb", "KHOẺ"),  # not "KHOẫ"
    ],
)
def test_a_field_is_mended_by_position(typed, meant):
    read = read_hex("full_name", typed)
    assert (read.text, read.repaired) == (meant, True)


@pytest.mark.parametrize("free", [False, True], ids=["adjacent keys", "keys that reach back"])
def test_any_name_and_address_survives_being_typed_in_telex(free):
    rng = Random(20261122)
    for _ in range(600):
        text = rng.choice([cards.name, cards.address])(rng)
        text = text.upper() if rng.random() < 0.2 else text
        digits = text.encode().hex()
        digits = digits.upper() if rng.random() < 0.3 else digits
        typed = typed_in_telex(digits, free=free)
        if free and "Ẻ" in text and "ẫ" in (repaired(typed) or ""):
            continue  # both come out as "bâb": the one pair nobody can tell apart
        read = read_hex("address", typed)
        assert read.text == text
        assert read.repaired == (typed != digits)


@pytest.mark.parametrize("layout", list(HealthLayout))
def test_a_whole_card_typed_in_telex_is_read_and_warned_about(layout):
    rng = Random(3)
    for _ in range(60):
        card = cards.health_card(rng, layout)
        text = card.to_qr()
        typed = typed_in_telex(text, free=False)
        read = read_scan(typed.encode())
        assert read == card
        assert ("repaired-ime" in read.warnings) == (typed != text)


def test_plain_vietnamese_is_not_taken_for_damage():
    assert read_hex("guardian_name", "Trần Đê Đà").text == "Trần Đê Đà"
    assert not read_hex("guardian_name", "Trần Đê Đà").repaired


@pytest.mark.parametrize("typed", ["ầ" * 400, "4ê1bâb" * 60, "âêàbcdabcd4" * 60, "4ê", "ê1ê1ê1", "ffâff"])
def test_damage_beyond_repair_is_refused_soon(typed):
    with pytest.raises(MalformedField, match="full_name"):
        read_hex("full_name", typed)

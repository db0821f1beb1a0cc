from __future__ import annotations

import pytest

from kiosk.domain.identity import PersonalId
from kiosk.domain.insurance import BhxhNumber, HealthCardNumber
from kiosk.domain.numbers import read_number
from kiosk.domain.text import MalformedField


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7900000017", BhxhNumber("7900000017")),
        (" 79 0000 0017 ", BhxhNumber("7900000017")),
        ("079 185 000 123", PersonalId("079185000123")),
        ("079.185.000.123", PersonalId("079185000123")),
        ("te1 79 79 0000 0017", HealthCardNumber("TE1797900000017")),
        ("TE1-79-7900000017", HealthCardNumber("TE1797900000017")),
    ],
)
def test_one_box_takes_any_of_the_three_numbers(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "790000001", "79000000171", "0791850001234", "TE179790000001", "٧٩٠٠٠٠٠٠١٧"]
)
def test_anything_else_is_refused_without_being_repeated(text):
    with pytest.raises(MalformedField) as caught:
        read_number(text)
    assert not text or text not in str(caught.value)

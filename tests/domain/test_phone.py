from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.phone import MalformedPhone, MobilePhone, PhoneFault


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "+84912345678",
        "84912345678",
        "+84 912 345 678",
        "0912.345.678",
        "(0912) 345-678",
        "+840912345678",
        " 0912 345 678 ",
    ],
)
def test_the_same_number_in_every_spelling(text):
    assert MobilePhone.read(text).digits == "0912345678"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("02838123456", PhoneFault.LANDLINE),
        ("+842838123456", PhoneFault.LANDLINE),
        ("0243812345", PhoneFault.LANDLINE),
        ("01681234567", PhoneFault.OLD_NUMBER),
        ("+841681234567", PhoneFault.OLD_NUMBER),
        ("", PhoneFault.MALFORMED),
        ("19009068", PhoneFault.MALFORMED),
        ("091234567", PhoneFault.MALFORMED),
        ("09123456789", PhoneFault.MALFORMED),
        ("0612345678", PhoneFault.MALFORMED),
        ("+1 202 555 0100", PhoneFault.MALFORMED),
        ("٠٩١٢٣٤٥٦٧٨", PhoneFault.MALFORMED),
        ("0912345678a", PhoneFault.MALFORMED),
    ],
)
def test_what_cannot_receive_the_message_is_refused(text, fault):
    with pytest.raises(MalformedPhone) as caught:
        MobilePhone.read(text)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01681234567", "0381234567"),
        ("01201234567", "0701234567"),
        ("+841991234567", "0591234567"),
        ("01861234567", "0561234567"),
    ],
)
def test_an_eleven_digit_number_is_answered_with_the_one_that_replaced_it(old, new):
    with pytest.raises(MalformedPhone) as caught:
        MobilePhone.read(old)
    assert caught.value.suggestion == MobilePhone(new)


def test_an_eleven_digit_number_that_never_was_has_no_replacement():
    with pytest.raises(MalformedPhone) as caught:
        MobilePhone.read("01111234567")
    assert caught.value.suggestion is None


def test_an_unknown_prefix_is_taken_but_flagged():
    assert not MobilePhone.read("0541234567").prefix_known
    assert MobilePhone.read("0870000000").prefix_known
    assert MobilePhone.read("0912345678").prefix_known


def test_it_is_shown_in_groups_or_masked_and_never_in_a_repr():
    phone = MobilePhone("0912345678")
    assert phone.shown() == "0912 345 678"
    assert phone.masked() == "•••• ••• 678"
    assert "345" not in repr(phone)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    try:
        phone = MobilePhone.read(text)
    except MalformedPhone:
        return
    assert MobilePhone.read(phone.shown()) == phone

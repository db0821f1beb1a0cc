"""Receipt codes: printed, read aloud, typed, scanned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.receipt import ALPHABET, MalformedReceipt, ReceiptCode, ReceiptQr

TOKEN = "0123456789abcdef" * 2


@given(st.text(ALPHABET, min_size=4, max_size=4), st.integers(1, 32**6))
def test_a_code_survives_being_printed_and_typed(station: str, sequence: int) -> None:
    code = ReceiptCode.of(station, sequence)
    assert ReceiptCode.typed(code.shown()) == code
    assert ReceiptCode.typed(code.shown().lower().replace("-", " ")) == code
    assert ReceiptQr.from_qr(ReceiptQr(code, TOKEN).to_qr()) == ReceiptQr(code, TOKEN)
    assert code.station == station


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    code = ReceiptCode.of("0142", 1)
    spoken = code.shown().replace("0", "O").replace("1", "l")
    assert ReceiptCode.typed(spoken) == code


@given(st.integers(1, 10_000), st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(sequence: int, at: int, letter: str) -> None:
    code = ReceiptCode.of("0042", sequence).text
    wrong = code[:at] + letter + code[at + 1 :]
    if wrong != code:
        with pytest.raises(MalformedReceipt):
            ReceiptCode(wrong)


def test_two_neighbours_swapped_are_noticed() -> None:
    code = ReceiptCode.of("0042", 1234).text
    for at in range(len(code) - 2):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if swapped != code:
            with pytest.raises(MalformedReceipt):
                ReceiptCode(swapped)


@pytest.mark.parametrize("text", ["", "BHXH1", "BHXH1|x|y", f"BHXH2|00420001A|{TOKEN}", "|||"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(MalformedReceipt):
        ReceiptQr.from_qr(text)


def test_the_token_is_not_shown_by_repr() -> None:
    assert TOKEN not in repr(ReceiptQr(ReceiptCode.of("0042", 1), TOKEN))

"""What scanners put around a payload, and the alphabets it may come in."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from kiosk.domain.payload import MAX_BYTES
from kiosk.domain.receipt import ReceiptCode, ReceiptQr
from kiosk.domain.scan import UnreadableCode, read_scan
from tests import cards


def payloads():
    rng = Random(7)
    for _ in range(8):
        yield cards.citizen_card(rng).to_qr()
        yield cards.health_card(rng).to_qr()
        yield cards.vssid_code(rng).to_qr()
    yield ReceiptQr(ReceiptCode.of("K7QM", 12), "0" * 32).to_qr()


PAYLOADS = list(payloads())


@pytest.mark.parametrize(
    "before",
    ["", "\0", "\0\0", "\ufeff", "CCCD:", "CCCD: ", "\ufeffCCCD:", "\0\ufeff ", " \t", "]Q1", "\x02"],
)
@pytest.mark.parametrize("after", ["", "\0", "\r\n", "\r", "\n", "  ", "\0\r\n", "\ufeff", "\x03", "\x1d"])
def test_what_surrounds_a_payload_is_trimmed(before, after):
    for text in PAYLOADS:
        assert read_scan((before + text + after).encode()) == read_scan(text.encode())


@pytest.mark.parametrize("before", [b"", b"\xff\xfe", b"\0\0", b"\0", "CCCD:".encode("utf-16-le")])
@pytest.mark.parametrize("after", [b"", b"\0\0", b"\0", b"\r\n", b"\n", "\r\n".encode("utf-16-le")])
def test_sixteen_bit_text_is_read_wherever_it_begins(before, after):
    for text in PAYLOADS:
        assert read_scan(before + text.encode("utf-16-le") + after) == read_scan(text.encode())


def test_sixteen_bit_text_may_have_lost_its_last_zero():
    for text in PAYLOADS:
        if text[-1] in "|$0123456789":
            assert read_scan(text.encode("utf-16-le")[:-1]) == read_scan(text.encode())


def test_sixteen_bit_text_that_lost_half_a_letter_is_not_given_another():
    with pytest.raises(UnreadableCode):
        read_scan("2171781800|Trần Vũ".encode("utf-16-le")[:-1])


def test_decomposed_letters_are_composed():
    for text in PAYLOADS:
        assert read_scan(unicodedata.normalize("NFD", text).encode()) == read_scan(text.encode())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\0\0\0\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"CCCD:", "empty"),
        (b"\xff\xfe\xfa", "not-text"),
        ("079185000123||陳氏平|15061985|Nữ||20052021".encode(), "not-text"),
        ("079185000123||Trần\0Thị|15061985|Nữ||20052021".encode(), "not-text"),
        ("079185000123||Tr\ufffdn|15061985|Nữ||20052021".encode(), "not-text"),
        (b"9" * (MAX_BYTES + 1), "too-long"),
        (b"9" * 400, "unknown-layout"),
        (b"https://example.test/?a=1|2", "unknown-layout"),
        (b"WIFI:S:x;;", "unknown-layout"),
        (b"|||||||", "unknown-layout"),
        (b"$", "unknown-layout"),
        (b"BHXH1|X|Y", "malformed-receipt"),
        (b"BHXH1", "malformed-receipt"),
        (b"BHXH1|" + ReceiptCode.of("K7QM", 12).text.encode() + b"|" + b"z" * 32, "malformed-receipt"),
    ],
)
def test_anything_else_is_refused_with_a_word_for_it(raw, code):
    with pytest.raises(UnreadableCode) as caught:
        read_scan(raw)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "raw",
    [b"x" + b" " * 4000 + b"x", b" |" * 2000 + b"x", ("a" + "\u0323\u0301" * 999).encode(), b"CCCD:" * 800],
)
def test_text_made_to_keep_us_busy_is_refused_at_once(raw):
    with pytest.raises(UnreadableCode):
        read_scan(raw)

"""What is said of a screen: nothing that a speech program would spell wrong."""

from __future__ import annotations

import re

import pytest

from kiosk.domain.speech import spoken
from kiosk.tables import load_pronunciation
from tests.conftest import ROOT

WORDS = load_pronunciation()["vi"]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("Thẻ BHYT của con", "Thẻ bảo hiểm y tế của con."),
        ("Ứng dụng VssID", "Ứng dụng vờ ét ét ai đi."),
        ("giấy 80 mm", "giấy 80 mi li mét."),
        ("0912 345 678", "0 9 1 2, 3 4 5, 6 7 8."),
        ("Hỗ trợ: 1900 9068", "Hỗ trợ: 1 9 0 0, 9 0 6 8."),
        ("•••• •••• 0123", "0 1 2 3."),
        ("15/06/1989", "ngày 15 tháng 6 năm 1989."),
        ("Bước 2/6 Quét thẻ", "Bước 2 trên 6 Quét thẻ."),
        ("0042-0001-7", "0 0 4 2 , 0 0 0 1 , 7."),
        ("Anh/chị đã có tài khoản chưa?", "Anh/chị đã có tài khoản chưa?"),
        ("Thu BHYTế", "Thu BHYTế."),
        ("Ổ SSD", "Ổ S S D."),
        ("\n \n", ""),
    ],
)
def test_a_screen_is_said_as_a_person_would_read_it(shown: str, said: str) -> None:
    assert spoken(shown, "vi", WORDS) == said


def test_no_abbreviation_on_a_screen_is_left_for_the_speech_program_to_guess() -> None:
    catalogue = (ROOT / "kiosk/translations/en/LC_MESSAGES/messages.po").read_text("utf-8")
    for language, kind in (("vi", "msgid"), ("en", "msgstr")):
        shown = re.findall(rf'^{kind} "(.+)"$', catalogue, re.MULTILINE)
        said = " ".join(spoken(each, language, load_pronunciation()[language]) for each in shown)
        assert re.findall(r"\b[A-ZĐ]{2,5}\b|VssID|\bmm\b", said) == []

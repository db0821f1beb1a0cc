from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.names import NameMatch, compare_names, name_key, tidied


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Nguyễn Đức Hòa", "Nguyễn Đức Hòa", NameMatch.EXACT),
        ("Nguyễn  Đức Hòa ", "NGUYỄN ĐỨC HÒA", NameMatch.EXACT),
        ("Nguyễn Đức Hòa", "Nguye\u0302\u0303n Đu\u031b\u0301c Ho\u0300a", NameMatch.EXACT),
        ("Nguyễn Đức Hòa", "Nguyễn Đức Hoà", NameMatch.TONE),
        ("Lê Thúy Khỏe", "LÊ THUÝ KHOẺ", NameMatch.TONE),
        ("Trần Văn Hùng", "Trần Văn Hưng", NameMatch.KEY),
        ("Trần Văn Hùng", "Tran Van Hung", NameMatch.KEY),
        ("Đỗ Đạt", "Do Dat", NameMatch.KEY),
        ("Lý Mỹ", "Lí Mĩ", NameMatch.KEY),
        ("H'Mok Bình", "HMok Bình", NameMatch.KEY),
        ("Trần Thị Bình", "Bình Trần Thị", NameMatch.TOKENS),
        ("Trần Thị Bình", "Binh Tran Thi", NameMatch.TOKENS),
        ("Trần Thị Bình", "Trần Thị Bìn", NameMatch.NEAR),
        ("Trần Thị Bình", "Trần Thị Binhh", NameMatch.NEAR),
        ("Trần Thị Bình", "Trần Thị Bánh", NameMatch.NEAR),
        ("Trần Thị Bình", "Trần Thị Bnih", NameMatch.NEAR),
        ("Trần Thị Bình", "Trần Thị Dung", NameMatch.DIFFERENT),
        ("Trần Thị Bình", "Trần Bình", NameMatch.DIFFERENT),
        ("Trần Thị Bình", "", NameMatch.DIFFERENT),
    ],
)
def test_every_step_from_equal_to_different(one, other, match):
    assert compare_names(one, other) is match
    assert compare_names(other, one) is match


def test_a_different_tone_is_more_than_a_moved_one():
    assert compare_names("Hòa", "Hóa") is NameMatch.KEY


@given(st.text(max_size=30))
def test_a_name_equals_itself_in_any_form(name):
    assert compare_names(name, unicodedata.normalize("NFD", name)) is NameMatch.EXACT


@given(st.text(max_size=12), st.text(max_size=12))
def test_comparing_never_fails_and_has_no_direction(one, other):
    assert compare_names(one, other) is compare_names(other, one)


def test_the_key_has_capitals_and_single_spaces_only():
    assert name_key("  Nguyễn  Đức-Hòa ") == "NGUYEN DUCHOA"
    assert name_key("H'Mok Ý") == "HMOK Y"


def test_tidying_keeps_the_spelling():
    assert tidied(" Hoà \u00a0 Hòa ") == "Hoà Hòa"

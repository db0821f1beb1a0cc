from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.dates import PartialDate, age_on
from kiosk.domain.text import MalformedField


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15/06/1985", "1985-06-15"),
        ("5/6/1985", "1985-06-05"),
        ("06/1985", "1985-06"),
        ("15061985", "1985-06-15"),
        ("061985", "1985-06"),
        ("1985", "1985"),
        ("29/02/2024", "2024-02-29"),
        ("31129999", "9999-12-31"),
    ],
)
def test_every_shape_found_on_cards_is_read(text, iso):
    assert PartialDate.read("date", text).iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        "31022010",
        "29022023",
        "00001990",
        "01001990",
        "32011990",
        "131990",
        "001990",
        "15/13/2020",
        "1506198",
        "150685",
        "85",
        "0985",
        "-15061985",
        "15-06-1985",
        "٠١٠١١٩٩٠",
        "15/06/85",
        " 1985",
        "1985\n",
    ],
)
def test_an_impossible_date_is_refused_without_being_repeated(text):
    with pytest.raises(MalformedField) as refusal:
        PartialDate.read("issued_on", text)
    assert refusal.value.field == "issued_on"
    assert text.strip() not in str(refusal.value)


def test_a_missing_date_says_missing():
    with pytest.raises(MalformedField, match="valid_to: missing"):
        PartialDate.read("valid_to", "")


@given(st.dates(date(1000, 1, 1)), st.sampled_from([1, 2, 3]))
def test_what_is_written_is_read_again(day, known):
    when = PartialDate(*(day.year, day.month, day.day)[:known])
    assert PartialDate.read("date", when.shown()) == when
    assert PartialDate.read("date", when.compact()) == when
    assert when.earliest() <= day <= when.latest()


def test_a_half_known_date_covers_its_month_or_year():
    assert PartialDate(2024, 2).latest() == date(2024, 2, 29)
    assert PartialDate(2024).earliest() == date(2024, 1, 1)
    assert PartialDate(2024).latest() == date(2024, 12, 31)
    assert (PartialDate(2024, 2).shown(), PartialDate(2024).shown()) == ("02/2024", "2024")


def test_a_day_needs_a_month():
    with pytest.raises(MalformedField):
        PartialDate(2024, None, 3)


def test_a_birth_date_stays_out_of_the_repr():
    assert "1985" not in repr(PartialDate(1985, 6, 15))


def test_age_counts_completed_years():
    assert age_on(date(2008, 11, 22), date(2026, 11, 21)) == 17
    assert age_on(date(2008, 11, 22), date(2026, 11, 22)) == 18
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
